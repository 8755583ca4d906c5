import { numberText } from "lib/figures/parts/number_text.ts";
import type { Condition } from "lib/lecture/condition.ts";
import { median } from "lib/probes/median.ts";

export { median };

/** A claim before it is measured: everything here is fixed in the source before the run. */
export interface ClaimDefinition {
  /** As in `Q3.1`. */
  readonly id: string;
  /** One line that is true or false. */
  readonly statement: string;
  /** What is expected, and from what argument. */
  readonly prediction: string;
  /** Unit of the measured number; "" for a pure number. */
  readonly unit: string;
  readonly condition: Condition;
  /** Every run must hold, to the condition's own tolerance: no spread excuses it. */
  readonly exact?: boolean;
  /** The circumstance outside which the claim is expected to fail, and the measurement that shows it. */
  readonly qualification?: Qualification;
}

/** A limit of a claim: where the contrast's condition holds, the claim is true only with this limit. */
export interface Qualification {
  readonly statement: string;
  readonly unit: string;
  readonly condition: Condition;
}

/** What came of a claim; "not applicable" where the text cannot decide it. */
export type Verdict = "supported" | "refuted" | "qualified" | "not applicable";

/** A number that survives JSON, which has no infinity and no NaN. */
export type RecordedNumber = number | "Infinity" | "-Infinity" | "NaN";

/** A measured claim, or one that its text cannot decide, as plain data. */
export interface Claim {
  readonly id: string;
  readonly statement: string;
  readonly prediction: string;
  /** The median of the runs; null where the claim is not applicable. */
  readonly value: RecordedNumber | null;
  readonly unit: string;
  readonly condition: string;
  readonly verdict: Verdict;
  readonly exact: boolean;
  /** How many runs were measured; 0 where the claim is not applicable. */
  readonly runs: number;
  /** Least and greatest of the runs; null for a single one. */
  readonly spread: readonly [RecordedNumber, RecordedNumber] | null;
  /** The value of each run, in the order measured. */
  readonly values: readonly RecordedNumber[];
  /** Why the verdict is what it is. */
  readonly reason: string;
  readonly qualification: MeasuredQualification | null;
}

/** A measured limit of a claim. */
export interface MeasuredQualification {
  readonly statement: string;
  readonly value: RecordedNumber;
  readonly unit: string;
  readonly condition: string;
  readonly holds: boolean;
}

/**
 * States a claim: identity, wording, unit and the condition that will decide it.
 *
 * @throws {TypeError} if the id is not of the form Q3.1, or the statement or prediction is empty
 *
 * @example
 * ```ts
 * import { decide, defineClaim } from "lib/lecture/claim.ts";
 * import { within } from "lib/lecture/condition.ts";
 * import { assertEquals } from "@std/assert";
 * const claim = defineClaim({
 *   id: "Q1.3",
 *   statement: "The untrained loss is ln V",
 *   prediction: "ln 28 = 3.332, for equal scores give equal probabilities",
 *   unit: "nats",
 *   condition: within(Math.log(28), 0.01),
 * });
 * assertEquals(decide(claim, [3.331, 3.334, 3.337]).verdict, "supported");
 * ```
 */
export function defineClaim(definition: ClaimDefinition): ClaimDefinition {
  if (!/^Q\d+\.\d+[a-z]?$/.test(definition.id)) {
    throw new TypeError(`Cannot define a claim: id "${definition.id}" is not of the form Q3.1`);
  }
  for (const field of ["statement", "prediction"] as const) {
    if (!definition[field]?.trim()) {
      throw new TypeError(`Cannot define claim ${definition.id}: it has no ${field}`);
    }
  }
  return definition;
}

/**
 * The verdict on a claim from its measured values, one per run.
 *
 * - `refuted`: the median fails the condition, a value is not a number, or the claim is exact and a
 *   run fails;
 * - `qualified`: the median holds but a run fails, or the contrast of the declared qualification
 *   holds, so the claim is true only with that limit;
 * - `supported`: every run holds and no declared limit was found.
 *
 * @param values one per run (seed); infinite values are measurements, NaN is not
 * @param options.contrast values of the qualification's measurement; its median counts
 * @throws {RangeError} if there are no values
 * @throws {TypeError} if a qualification is declared and no contrast given, or the other way round
 */
export function decide(
  claim: ClaimDefinition,
  values: number | readonly number[],
  { contrast }: { contrast?: number | readonly number[] } = {},
): Claim {
  const runs = asRuns(values, claim.id);
  const qualification = measureQualification(claim, contrast);
  const { verdict, reason } = judge(claim, { runs, qualification });
  const sorted = [...runs].sort((a, b) => a - b);
  const hasSpread = runs.length > 1 && !runs.some(Number.isNaN);
  return {
    id: claim.id,
    statement: claim.statement,
    prediction: claim.prediction,
    value: recorded(median(runs)),
    unit: claim.unit,
    condition: claim.condition.text,
    verdict,
    exact: claim.exact ?? false,
    runs: runs.length,
    spread: hasSpread ? [recorded(sorted[0]), recorded(sorted[sorted.length - 1])] : null,
    values: runs.map(recorded),
    reason,
    qualification,
  };
}

/**
 * A claim that the text at hand cannot decide: one on quotation marks, of a text without any.
 *
 * @param reason what the text lacks, as a clause: "the text has no quotation marks"
 * @throws {TypeError} if no reason is given
 */
export function notApplicable(claim: ClaimDefinition, reason: string): Claim {
  if (!reason.trim()) {
    throw new TypeError(`Cannot leave out claim ${claim.id}: no reason is given`);
  }
  return {
    id: claim.id,
    statement: claim.statement,
    prediction: claim.prediction,
    value: null,
    unit: claim.unit,
    condition: claim.condition.text,
    verdict: "not applicable",
    exact: claim.exact ?? false,
    runs: 0,
    spread: null,
    values: [],
    reason,
    qualification: null,
  };
}

/** The number behind a recorded one; NaN where none was measured. */
export function recordedValue(value: RecordedNumber | null): number {
  return value === null ? NaN : Number(value);
}

function judge(
  { condition, exact }: ClaimDefinition,
  { runs, qualification }: { runs: readonly number[]; qualification: MeasuredQualification | null },
): { verdict: Verdict; reason: string } {
  const failed = runs.filter((value) => !condition.holds(value)).length;
  const notNumbers = runs.filter(Number.isNaN).length;
  const share = `${failed} of ${runs.length} ${runs.length === 1 ? "run" : "runs"}`;
  if (notNumbers > 0) {
    return {
      verdict: "refuted",
      reason: `the measurement is not a number in ${notNumbers} of ${runs.length} runs`,
    };
  }
  if (!condition.holds(median(runs))) {
    const value = numberText(median(runs));
    return {
      verdict: "refuted",
      reason: `${runs.length === 1 ? "the value" : "the median"} ${value} is not ${condition.text}`,
    };
  }
  if (failed > 0 && exact) {
    return { verdict: "refuted", reason: `${share} not ${condition.text}, and the claim is exact` };
  }
  if (qualification?.holds) {
    return { verdict: "qualified", reason: `it holds with a limit: ${qualification.statement}` };
  }
  if (failed > 0) {
    return { verdict: "qualified", reason: `the median holds, ${share} not ${condition.text}` };
  }
  const every = runs.length === 1 ? "the value is" : `all ${runs.length} runs are`;
  return { verdict: "supported", reason: `${every} ${condition.text}` };
}

function measureQualification(
  { id, qualification }: ClaimDefinition,
  contrast: number | readonly number[] | undefined,
): MeasuredQualification | null {
  if (!qualification && contrast === undefined) return null;
  if (!qualification) {
    throw new TypeError(`Cannot decide ${id}: it has a contrast but declares no qualification`);
  }
  if (contrast === undefined) {
    throw new TypeError(`Cannot decide ${id}: its qualification was not measured (no contrast)`);
  }
  const value = median(asRuns(contrast, `${id}'s qualification`));
  return {
    statement: qualification.statement,
    value: recorded(value),
    unit: qualification.unit,
    condition: qualification.condition.text,
    holds: qualification.condition.holds(value),
  };
}

function asRuns(values: number | readonly number[], what: string): number[] {
  const runs = typeof values === "number" ? [values] : [...values];
  if (runs.length === 0) throw new RangeError(`Cannot decide ${what}: no run was measured`);
  return runs;
}

function recorded(value: number): RecordedNumber {
  return Number.isFinite(value) ? value : String(value) as RecordedNumber;
}

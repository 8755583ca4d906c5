import { claimMime } from "lib/lecture/claim_display.ts";
import { storedClaimsPath } from "lib/lecture/stored_claims.ts";
import { z } from "zod";
import { writeFileAtomically } from "tools/lecture/write_file_atomically.ts";

export { claimMime };

/** Where the committed claims lie, from the root of the repository. */
export const committedClaimsPath = storedClaimsPath("embedded");

export { storedClaimsPath };

/** JSON has no infinity and no NaN: the lecture writes them as words. */
const recordedNumber = z.union([z.number(), z.enum(["Infinity", "-Infinity", "NaN"])]);

const verdict = z.enum(["supported", "refuted", "qualified", "not applicable"]);

const claimFields = z.object({
  id: z.string().min(1),
  statement: z.string(),
  prediction: z.string(),
  value: recordedNumber.nullable(),
  unit: z.string(),
  condition: z.string(),
  verdict,
  exact: z.boolean(),
  runs: z.number().int().nonnegative(),
  spread: z.tuple([recordedNumber, recordedNumber]).nullable(),
  reason: z.string().min(1).optional(),
});

/** Either measured, or not applicable for a reason. */
function isWhole(
  { verdict, value, runs, reason }: Pick<
    z.infer<typeof claimFields>,
    "verdict" | "value" | "runs" | "reason"
  >,
): boolean {
  return verdict === "not applicable"
    ? value === null && runs === 0 && reason !== undefined
    : value !== null && runs > 0;
}

const wholeness = "a claim has a value and runs, or is not applicable for a reason";

/**
 * A claim. `runs` counts the runs behind `value`, their median; `spread` is their range. One that the text
 * cannot decide has no value and no runs, but a reason; of a measured one the other fields say it.
 */
export const claimSchema = claimFields.refine(isWhole, wholeness)
  .transform(({ reason, ...claim }) => claim.value === null ? { ...claim, reason } : claim);

/** What a notebook's output says of a claim beyond what goes into `claims.json`. */
export const shownClaimSchema = claimFields.extend({
  qualification: z.object({
    statement: z.string(),
    value: recordedNumber,
    unit: z.string(),
    condition: z.string(),
    holds: z.boolean(),
  }).nullish(),
}).refine(isWhole, wholeness);

/** What the claims were measured with. */
export const settingsSchema = z.object({
  corpus: z.string().nullable(),
  seed: z.number().nullable(),
  backend: z.string().nullable(),
  versions: z.record(z.string(), z.string()),
  quick: z.boolean(),
});

/** The whole of `claims.json`. */
export const claimsFileSchema = settingsSchema.extend({ claims: z.array(claimSchema) });

export type Verdict = z.infer<typeof verdict>;
export type ClaimRecord = z.infer<typeof claimSchema>;
export type ShownClaim = z.infer<typeof shownClaimSchema>;
export type LectureSettings = z.infer<typeof settingsSchema>;
export type ClaimsFile = z.infer<typeof claimsFileSchema>;

/**
 * Reads a claims file.
 *
 * @throws {Error} if the file is missing, is not JSON, or does not hold claims; the message names the file and the place in it.
 */
export async function readClaimsFile(path: string): Promise<ClaimsFile> {
  let json: unknown;
  try {
    json = JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    throw new Error(`Cannot read the claims in ${path}: ${(error as Error).message}`);
  }
  const parsed = claimsFileSchema.safeParse(json);
  if (!parsed.success) {
    throw new Error(`Cannot read the claims in ${path}: ${describeIssues(parsed.error)}`);
  }
  return parsed.data;
}

/** Writes a claims file so that it is at every moment the old one or the new one. */
export async function writeClaimsFile(path: string, claims: ClaimsFile): Promise<void> {
  await writeFileAtomically(path, JSON.stringify(claims, undefined, 2) + "\n");
}

/** What zod found wrong, in one line. */
export function describeIssues(error: z.ZodError): string {
  return error.issues.slice(0, 3)
    .map((issue) => `${issue.path.map(String).join(".") || "top level"}: ${issue.message}`)
    .join("; ");
}

/** Something that would have spared a model some of its errors. */
export interface ErrorOracle {
  readonly category: string;
  /** Whether the character at a place of the losses would have been right with the oracle's help. */
  fixes(place: number): boolean;
}

/** The errors that one oracle takes away from what the oracles before it left. */
export interface ErrorCategory {
  readonly category: string;
  /** Characters. */
  readonly errors: number;
  /** Of all errors; 0 if there are none. */
  readonly shareOfErrors: number;
  /** What these characters cost, summed. */
  readonly lossNats: number;
  /** Of the loss of the whole text. */
  readonly shareOfLoss: number;
}

/** Errors by category: an error is in exactly one, so numbers and losses add up to the totals. */
export interface ErrorTaxonomy {
  /** All that were predicted. */
  readonly characters: number;
  /** Those whose probability was not above one half. */
  readonly errors: number;
  /** Loss of all characters, summed: that of the categories and the "no error" among them. */
  readonly lossNats: number;
  /** "no error" first, with its loss and 0 errors; then one per oracle in their order; then "the rest". */
  readonly categories: readonly ErrorCategory[];
}

/** A character costs less than this exactly if its probability was above one half. */
export const RIGHT_BELOW_NATS = Math.LN2;

/**
 * Errors peeled off layer by layer: each goes to the first oracle that fixes it (Karpathy, Johnson,
 * Fei-Fei 2015, arXiv 1506.02078, section 4.4).
 *
 * An error is a character that was given a probability of at most 1/2. The order of the oracles matters: a later one
 * is asked only about what the earlier ones left, so its category says what it adds to them. An oracle's
 * help is taken to be perfect, so a share of the loss is the most that its kind of help could save.
 *
 * @param losses nats of each predicted character, under the model that is looked into
 * @throws {RangeError} if there is no loss, or one is not a number.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { errorTaxonomy } from "lib/probes/writing/error_taxonomy.ts";
 * const [right, wrong] = [0, 2];
 * const second = { category: "at the second place", fixes: (place: number) => place === 1 };
 * const { categories } = errorTaxonomy([right, wrong, wrong, wrong], [second]);
 * assertEquals(categories.map(({ errors }) => errors), [0, 1, 2]);
 * ```
 */
export function errorTaxonomy(
  losses: ArrayLike<number>,
  oracles: readonly ErrorOracle[],
): ErrorTaxonomy {
  requireLosses(losses);
  const names = ["no error", ...oracles.map(({ category }) => category), "the rest"];
  const counts = new Array<number>(names.length).fill(0);
  const sums = new Array<number>(names.length).fill(0);
  for (let place = 0; place < losses.length; place++) {
    const isError = !(losses[place] < RIGHT_BELOW_NATS);
    const found = isError ? oracles.findIndex((oracle) => oracle.fixes(place)) : -1;
    const at = !isError ? 0 : found < 0 ? names.length - 1 : found + 1;
    if (isError) counts[at]++;
    sums[at] += losses[place];
  }
  const errors = counts.reduce((total, count) => total + count, 0);
  const lossNats = sums.reduce((total, sum) => total + sum, 0);
  const categories = names.map((category, index) => ({
    category,
    errors: counts[index],
    shareOfErrors: counts[index] / (errors || 1),
    lossNats: sums[index],
    shareOfLoss: sums[index] / (lossNats || 1),
  }));
  return { characters: losses.length, errors, lossNats, categories };
}

function requireLosses(losses: ArrayLike<number>): void {
  const strange = Array.from(losses).findIndex((loss) => !(loss >= 0));
  if (losses.length === 0 || strange >= 0) {
    throw new RangeError(
      `Cannot sort errors: ${losses.length} losses` +
        (strange < 0 ? "." : `, that at place ${strange} is ${losses[strange]}.`),
    );
  }
}

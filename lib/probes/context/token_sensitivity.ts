import { logSoftmaxRow } from "lib/models/token_losses.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import type { Random } from "lib/random/random_stream.ts";

/** What one changed token does to the prediction, so many tokens later. */
export interface TokenSensitivity {
  /** Tokens between the changed one and the last one read: 0 changes the last. */
  readonly distance: number;
  /** Total variation between the two distributions, 0 to 1: mean over contexts. */
  readonly meanChange: number;
  /** Smallest and greatest over contexts; a greatest of 0 says that not a bit differs. */
  readonly leastChange: number;
  readonly greatestChange: number;
  /** Share of contexts whose prediction changes in any bit. */
  readonly changedShare: number;
}

/**
 * Sensitivity of a model's prediction to the token read k steps before, for every k of the contexts' length.
 *
 * In each context one token at a time is replaced by another, drawn evenly, and the prediction after the last
 * token is compared with that of the unchanged context. Through the contract of a language model alone, so that it
 * asks the same of counts and of networks. All variants of a context run as one batch.
 *
 * @param contexts texts of one length, read from the model's initial state.
 * @throws {RangeError} if there is no context, they differ in length, or the vocabulary has one token.
 */
export async function tokenSensitivity(
  model: LanguageModel,
  contexts: readonly Int32Array[],
  { random }: { random: Random },
): Promise<TokenSensitivity[]> {
  const { size } = model.vocabulary;
  const length = contexts[0]?.length ?? 0;
  if (length === 0 || size < 2 || contexts.some((context) => context.length !== length)) {
    throw new RangeError(
      `Cannot measure sensitivity: ${contexts.length} contexts of ${length} tokens from a vocabulary of ${size}.`,
    );
  }
  const changes = await Promise.all(contexts.map(async (context) => {
    const variants = contextVariants(context, { size, random });
    const logits = await lastLogits(model, variants);
    const original = logSoftmaxRow(logits, size, 0).map(Math.exp);
    return Float64Array.from({ length }, (_, distance) => {
      const row = (distance + 1) * size;
      if (sameBits(logits, row, size)) return 0;
      const changed = logSoftmaxRow(logits, size, distance + 1).map(Math.exp);
      // A difference that rounding hides in the probabilities is a difference still.
      return Math.max(totalVariation(original, changed), Number.MIN_VALUE);
    });
  }));
  return Array.from({ length }, (_, distance) => {
    const values = changes.map((of) => of[distance]);
    return {
      distance,
      meanChange: values.reduce((sum, value) => sum + value, 0) / values.length,
      leastChange: Math.min(...values),
      greatestChange: Math.max(...values),
      changedShare: values.filter((value) => value > 0).length / values.length,
    };
  });
}

/** Half the sum of absolute differences: the share of probability that has moved. */
export function totalVariation(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += Math.abs(left[index] - right[index]);
  return sum / 2;
}

/** The context itself, then the context with the token at distance 0, 1, ... replaced. */
function contextVariants(
  context: Int32Array,
  { size, random }: { size: number; random: Random },
): Int32Array[] {
  const changed = Array.from(context, (_, distance) => {
    const place = context.length - 1 - distance;
    const variant = context.slice();
    variant[place] = (context[place] + 1 + Math.floor(random() * (size - 1))) % size;
    return variant;
  });
  return [context, ...changed];
}

async function lastLogits(
  model: LanguageModel,
  rows: readonly Int32Array[],
): Promise<Float32Array> {
  let state = model.initialState(rows.length);
  let logits: Float32Array = new Float32Array(0);
  for (let place = 0; place < rows[0].length; place++) {
    ({ logits, state } = await model.step(state, rows.map((row) => row[place])));
  }
  return logits;
}

function sameBits(logits: Float32Array, row: number, size: number): boolean {
  for (let index = 0; index < size; index++) {
    if (logits[index] !== logits[row + index]) return false;
  }
  return true;
}

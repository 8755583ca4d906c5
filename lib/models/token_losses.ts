import type { LanguageModel } from "lib/models/language_model.ts";

/** Log-softmax of row `row` of logits [rows, size], in nats, computed in float64. */
export function logSoftmaxRow(logits: ArrayLike<number>, size: number, row = 0): Float64Array {
  const start = row * size;
  let largest = -Infinity;
  for (let i = 0; i < size; i++) if (logits[start + i] > largest) largest = logits[start + i];
  let total = 0;
  for (let i = 0; i < size; i++) total += Math.exp(logits[start + i] - largest);
  const logTotal = largest + Math.log(total);
  // A loop: with a callback per token this would be most of many a probe's time.
  const logProbabilities = new Float64Array(size);
  for (let i = 0; i < size; i++) logProbabilities[i] = logits[start + i] - logTotal;
  return logProbabilities;
}

/**
 * Nats of each of ids[1..] given all before it, by stepping the model one token at a time.
 *
 * The definition of a language model's loss; slow. Models may answer `tokenLosses` faster.
 *
 * @throws {RangeError} if there are fewer than two ids.
 */
export async function stepwiseTokenLosses(
  model: Pick<LanguageModel, "vocabulary" | "initialState" | "step">,
  ids: Int32Array,
): Promise<Float64Array> {
  requireTwoTokens(ids);
  const losses = new Float64Array(ids.length - 1);
  let state = model.initialState(1);
  for (let position = 0; position + 1 < ids.length; position++) {
    const next = await model.step(state, [ids[position]]);
    losses[position] = -logSoftmaxRow(next.logits, model.vocabulary.size)[ids[position + 1]];
    state = next.state;
  }
  return losses;
}

/** @throws {RangeError} if there are fewer than two ids: nothing is predicted then. */
export function requireTwoTokens(ids: ArrayLike<number>): void {
  if (ids.length < 2) {
    throw new RangeError(`Cannot measure a loss: it takes at least 2 tokens, got ${ids.length}.`);
  }
}

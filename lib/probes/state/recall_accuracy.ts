import type { LanguageModel } from "lib/models/language_model.ts";
import { indexOfGreatest } from "lib/probes/state/token_recall.ts";

/**
 * Share of sequences whose token at one place a model names as the likeliest, having read all before it.
 *
 * @throws {RangeError} if there is no sequence, or one has no token at that place with another before it.
 */
export async function recallAccuracy(
  model: LanguageModel,
  sequences: readonly Int32Array[],
  { place }: { place: number },
): Promise<number> {
  if (sequences.length === 0 || place < 1 || sequences.some((ids) => ids.length <= place)) {
    throw new RangeError(
      `Cannot measure recall at place ${place} of ${sequences.length} sequences: some are too short.`,
    );
  }
  const { size } = model.vocabulary;
  let state = model.initialState(sequences.length);
  let logits: Float32Array = new Float32Array(0);
  for (let time = 0; time < place; time++) {
    ({ logits, state } = await model.step(state, sequences.map((ids) => ids[time])));
  }
  const hits = sequences.filter((ids, row) =>
    indexOfGreatest(logits.subarray(row * size, (row + 1) * size)) === ids[place]
  );
  return hits.length / sequences.length;
}

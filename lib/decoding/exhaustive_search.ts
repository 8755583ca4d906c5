import type { LanguageModel } from "lib/models/language_model.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";

/**
 * The likeliest continuation of exactly `length` tokens, found by trying all V^length of them: what a
 * beam search should find, on cases small enough. Ties go to the lower ids.
 *
 * @throws {RangeError} if the prompt is empty or there are more than ten million to try.
 */
export async function exhaustiveSearch(
  model: LanguageModel,
  { promptIds, length }: { promptIds: ArrayLike<number>; length: number },
): Promise<{ ids: number[]; logProbability: number }> {
  const { size } = model.vocabulary;
  if (promptIds.length === 0 || !Number.isInteger(length) || length < 1 || size ** length > 1e7) {
    throw new RangeError(
      `Cannot try all of ${size}^${length} continuations of ${promptIds.length} ids.`,
    );
  }
  let best = { ids: [] as number[], logProbability: -Infinity };
  const descend = async (state: unknown, id: number, ids: number[], sum: number): Promise<void> => {
    const next = await model.step(state, [id]);
    const logProbabilities = logSoftmaxRow(next.logits, size);
    for (let child = 0; child < size; child++) {
      const logProbability = sum + logProbabilities[child];
      const longer = [...ids, child];
      if (longer.length < length) await descend(next.state, child, longer, logProbability);
      else if (logProbability > best.logProbability) best = { ids: longer, logProbability };
    }
  };
  let state = model.initialState(1);
  const prompt = Array.from(promptIds);
  for (const id of prompt.slice(0, -1)) ({ state } = await model.step(state, [id]));
  await descend(state, prompt.at(-1)!, [], 0);
  return best;
}

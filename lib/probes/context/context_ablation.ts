import type { LanguageModel } from "lib/models/language_model.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";

/** Loss of a model that sees only the last tokens. */
export interface AblatedLoss {
  /** Tokens the model may see before the one it predicts. */
  readonly visible: number;
  /** Mean over the places. */
  readonly lossNats: number;
}

/**
 * Loss with only the last k tokens visible, for several k: how far back a model makes use of what it has read.
 *
 * For each place and k the model starts afresh k tokens before. All k are measured at the same places.
 *
 * @param options.places indices of the predicted tokens, each at least the greatest k.
 * @throws {RangeError} if there is no place, or one has fewer tokens before it than are to be visible.
 */
export async function contextAblation(
  model: LanguageModel,
  ids: Int32Array,
  { visible, places }: { visible: readonly number[]; places: readonly number[] },
): Promise<AblatedLoss[]> {
  const longest = Math.max(...visible);
  if (places.length === 0 || places.some((place) => place < longest || place >= ids.length)) {
    throw new RangeError(
      `Cannot ablate the context: ${places.length} places in ${ids.length} ids, ${longest} tokens before each.`,
    );
  }
  const records: AblatedLoss[] = [];
  for (const length of visible) {
    let state = model.initialState(places.length);
    let logits: Float32Array = new Float32Array(places.length * model.vocabulary.size);
    for (let back = length; back >= 1; back--) {
      ({ logits, state } = await model.step(state, places.map((place) => ids[place - back])));
    }
    const losses = places.map((place, row) =>
      -logSoftmaxRow(logits, model.vocabulary.size, row)[ids[place]]
    );
    const lossNats = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    records.push({ visible: length, lossNats });
  }
  return records;
}

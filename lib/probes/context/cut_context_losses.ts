import type { LanguageModel } from "lib/models/language_model.ts";
import { logSoftmaxRow, requireTwoTokens } from "lib/models/token_losses.ts";
import { throwIfStopped } from "lib/training/stop_request.ts";
import { eventLoopYielder } from "lib/training/event_loop_yielder.ts";

/**
 * Nats of each of ids[1..] for a model that starts afresh `visible` tokens before it, and so sees no
 * further back: [ids.length - 1]. The first ones see all there is before them.
 *
 * `contextAblation` gives the means of this at chosen places, for several lengths.
 *
 * @param options.batchSize places that are read side by side; 128 unless told.
 * @throws {RangeError} if there are fewer than two ids, or nothing is visible.
 */
export async function cutContextLosses(
  model: LanguageModel,
  ids: Int32Array,
  { visible, batchSize = 128 }: { visible: number; batchSize?: number },
): Promise<Float64Array> {
  requireTwoTokens(ids);
  if (!Number.isInteger(visible) || visible < 1) {
    throw new RangeError(`Cannot cut the context: ${visible} tokens visible, at least 1 needed.`);
  }
  const takeTurn = eventLoopYielder();
  const losses = new Float64Array(ids.length - 1);
  const beginning = Math.min(visible, ids.length - 1);
  losses.set(await model.tokenLosses(ids.slice(0, beginning + 1)));
  for (let from = beginning + 1; from < ids.length; from += batchSize) {
    const places = Array.from(
      { length: Math.min(batchSize, ids.length - from) },
      (_, i) => from + i,
    );
    let state = model.initialState(places.length);
    let logits: Float32Array = new Float32Array(0);
    for (let back = visible; back >= 1; back--) {
      ({ logits, state } = await model.step(state, places.map((place) => ids[place - back])));
      await takeTurn();
      throwIfStopped();
    }
    const { size } = model.vocabulary;
    places.forEach((place, row) =>
      losses[place - 1] = -logSoftmaxRow(logits, size, row)[ids[place]]
    );
  }
  return losses;
}

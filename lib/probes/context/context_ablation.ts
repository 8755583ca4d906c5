import type { LanguageModel } from "lib/models/language_model.ts";
import { logSoftmaxRow, requireTwoTokens } from "lib/models/token_losses.ts";
import { throwIfStopped } from "lib/training/stop_request.ts";
import { eventLoopYielder } from "lib/training/event_loop_yielder.ts";

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

import type { TrainableModel } from "lib/models/trainable_model.ts";
import { lossGradientByDistance } from "lib/probes/gradients/gradient_by_distance.ts";

/** Where the losses lie whose gradients are averaged. */
export interface MeanGradientOptions {
  /** Losses, spread evenly over the text. */
  readonly places: number;
  readonly maxDistance: number;
}

/**
 * log10 of the norm of d loss_T / d state_t by distance T - t, a mean over several T of a text, relative
 * to distance 0. The state is all that a step hands on: for an LSTM hidden and cell state together.
 *
 * @throws {RangeError} if the text is too short for the places.
 */
export function meanLossGradient(
  model: TrainableModel,
  ids: Int32Array,
  { places, maxDistance }: MeanGradientOptions,
): { x: number; y: number }[] {
  const length = maxDistance + 2;
  if (!(places >= 1) || ids.length < length * places) {
    throw new RangeError(
      `Cannot place ${places} losses at ${maxDistance} steps in a text of ${ids.length} ids.`,
    );
  }
  const stride = Math.floor((ids.length - length) / Math.max(1, places - 1));
  const sums = new Float64Array(maxDistance + 1);
  for (let place = 0; place < places; place++) {
    const piece = ids.subarray(place * stride, place * stride + length);
    const found = lossGradientByDistance(model, piece, { part: "state", maxDistance });
    for (const { distance, log10Norm } of found) sums[distance] += log10Norm - found[0].log10Norm;
  }
  return Array.from(sums, (sum, x) => ({ x, y: sum / places }));
}

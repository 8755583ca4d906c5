import { mixBits } from "lib/kernels/optimizer_defaults.ts";

/** Which element of which layer's outputs. */
export interface DropoutPlace {
  readonly layer: number;
  readonly time: number;
  readonly sequence: number;
  readonly unit: number;
}

/**
 * What dropout multiplies one element by: 0, or 1 / (1 - rate). A hash of key and place decides, so
 * that the mask is the same whoever draws it.
 */
export function dropoutScale(
  place: DropoutPlace,
  { key, rate, timeSteps, batchSize, hiddenSize }: {
    key: number;
    rate: number;
    timeSteps: number;
    batchSize: number;
    hiddenSize: number;
  },
): number {
  const position = (place.layer * timeSteps + place.time) * batchSize + place.sequence;
  const bits = mixBits((Math.imul(position, hiddenSize) + place.unit) ^ key) >>> 0;
  return bits >= Math.min(0xffffffff, Math.round(rate * 2 ** 32)) ? 1 / (1 - rate) : 0;
}

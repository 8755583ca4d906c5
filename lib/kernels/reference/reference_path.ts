/** How a path cell makes its new state of the old one and of what a step computes. */
export interface PathMix {
  /** Factor on the old state: 0 replaces it, 1 adds to it. */
  readonly carry: number;
  /** Factor on what a step computes. */
  readonly branch: number;
}

/**
 * One step of h' = carry h + branch tanh(a), unit by unit: the sums a become tanh(a) in place, and
 * the new state is written to `after`. All of one length.
 *
 * A network with other paths for its gradient has a = x W + h U + h_{t-skip} V + b.
 */
export function stepPath(
  { carry, branch }: PathMix,
  { sums, before, after }: { sums: Float64Array; before: Float64Array; after: Float64Array },
): void {
  for (let i = 0; i < sums.length; i++) {
    sums[i] = Math.tanh(sums[i]);
    after[i] = carry * before[i] + branch * sums[i];
  }
}

/**
 * Its way back: writes the gradient of the sums a to `toSums`, and adds to `toBefore` that of the old
 * state along the carry, from that of the new state. `values` are tanh(a).
 */
export function pullBackPath(
  { carry, branch }: PathMix,
  { values, toAfter, toSums, toBefore }: {
    values: Float64Array;
    toAfter: Float64Array;
    toSums: Float64Array;
    toBefore: Float64Array;
  },
): void {
  for (let i = 0; i < values.length; i++) {
    toSums[i] = branch * toAfter[i] * (1 - values[i] * values[i]);
    toBefore[i] += carry * toAfter[i];
  }
}

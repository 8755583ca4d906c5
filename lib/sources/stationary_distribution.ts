/** A distribution over states and how far it may be from the exact one. */
export interface StationaryDistribution {
  probabilities: Float64Array;
  /** Estimated sum of absolute errors. */
  error: number;
}

/**
 * The stationary distribution that a Markov chain reaches from a uniform start.
 *
 * Repeats p <- (p + p P) / 2, which has the same fixed points as p P and converges for periodic chains
 * too. Where several closed sets of states exist, it is the mixture that a uniform start leads to.
 *
 * @param advance p P: adds to `next` (zeros) the distribution one step after `current`.
 * @throws {Error} if it has not settled after a million rounds.
 */
export function stationaryDistribution(
  stateCount: number,
  advance: (current: Float64Array, next: Float64Array) => void,
): StationaryDistribution {
  let current = new Float64Array(stateCount).fill(1 / stateCount);
  let next = new Float64Array(stateCount);
  let change = Infinity;
  let ratio = 1 / 2;
  for (let round = 0; round < 1_000_000; round++) {
    next.fill(0);
    advance(current, next);
    let newChange = 0;
    let total = 0;
    for (let state = 0; state < stateCount; state++) {
      next[state] = (next[state] + current[state]) / 2;
      newChange += Math.abs(next[state] - current[state]);
      total += next[state];
    }
    for (let state = 0; state < stateCount; state++) next[state] /= total;
    [current, next] = [next, current];
    // Changes shrink geometrically, what is left is change * ratio / (1 - ratio); below 1e-12 rounding
    // spoils the ratio, so the last clean one stands.
    if (round > 0 && newChange > 1e-12) ratio = Math.min(newChange / change, 1 - 1e-9);
    change = newChange;
    const error = change * ratio / (1 - ratio);
    const settled = error < 1e-13 || change < 1e-15;
    if (round > 0 && settled) return { probabilities: current, error: Math.max(error, 1e-13) };
  }
  throw new Error(
    `Cannot find the stationary distribution: after 1,000,000 rounds it still moves by ${change}.`,
  );
}

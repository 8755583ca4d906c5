/**
 * Decides which tokens may be drawn: scores in nats in, the same scores out with -Infinity for those
 * that may not. The scores are normalised log-probabilities; the filter leaves the given array alone.
 */
export type ScoreFilter = (logProbabilities: Float64Array) => Float64Array;

/** The scores with -Infinity wherever `kept` is false: such a token is never drawn. */
export function maskScores(
  scores: Float64Array,
  kept: (score: number, id: number) => boolean,
): Float64Array {
  return scores.map((score, id) => kept(score, id) ? score : -Infinity);
}

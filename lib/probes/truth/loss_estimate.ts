/** A mean loss and how far chance may have moved it. */
export interface LossEstimate {
  readonly meanNats: number;
  /** Standard error of the mean, from the spread of block means. */
  readonly standardError: number;
}

/**
 * The mean of token losses with its standard error, by the method of batch means.
 *
 * Neighbouring losses are not independent; means of long blocks nearly are, so that their spread over the root of
 * their number is the error of the whole mean. What does not fill a block at the end is left out.
 *
 * @throws {RangeError} if there are fewer losses than blocks, or fewer than 2 blocks.
 */
export function estimateLoss(
  losses: ArrayLike<number>,
  { blocks = 50 }: { blocks?: number } = {},
): LossEstimate {
  const length = Math.floor(losses.length / blocks);
  if (length < 1 || blocks < 2) {
    throw new RangeError(`Cannot estimate a loss: ${losses.length} losses in ${blocks} blocks.`);
  }
  const means = Array.from({ length: blocks }, (_, block) => {
    let sum = 0;
    for (let index = 0; index < length; index++) sum += losses[block * length + index];
    return sum / length;
  });
  const meanNats = means.reduce((sum, mean) => sum + mean, 0) / blocks;
  const squares = means.reduce((sum, mean) => sum + (mean - meanNats) ** 2, 0);
  return { meanNats, standardError: Math.sqrt(squares / (blocks - 1) / blocks) };
}

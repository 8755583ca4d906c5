/** A label that wants to stand at `position` and takes `size` pixels around it. */
export interface DodgingLabel {
  position: number;
  size: number;
}

/**
 * Positions of labels on one line, moved as little as possible so that none overlap.
 *
 * The least-squares solution under "in order, sizes apart" (pool adjacent violators, isotonic
 * regression), then shifted into `[low, high]`. Where the room is too small for all of them the
 * labels keep their order and share it evenly.
 *
 * @param labels wanted centre and size of each, in pixels, any order
 * @returns the centre of each label, in the order given
 * @throws {RangeError} if a position is not finite
 */
export function dodgeLabels(
  labels: readonly DodgingLabel[],
  { low, high }: { low: number; high: number },
): number[] {
  for (const { position } of labels) {
    if (!Number.isFinite(position)) {
      throw new RangeError(`Cannot place a label: position is ${position}`);
    }
  }
  const order = labels.map((_, index) => index)
    .sort((a, b) => labels[a].position - labels[b].position || a - b);
  const total = labels.reduce((sum, { size }) => sum + size, 0);
  const shrink = total > high - low ? (high - low) / total : 1;
  // Subtracting each label's cumulative offset turns "sizes apart" into "not decreasing".
  const offsets: number[] = [];
  let end = 0;
  for (const index of order) {
    const size = labels[index].size * shrink;
    offsets.push(end + size / 2);
    end += size;
  }
  const blocks: { sum: number; count: number }[] = [];
  order.forEach((index, rank) => {
    let block = { sum: labels[index].position - offsets[rank], count: 1 };
    while (blocks.length && blocks.at(-1)!.sum / blocks.at(-1)!.count > block.sum / block.count) {
      const previous = blocks.pop()!;
      block = { sum: block.sum + previous.sum, count: block.count + previous.count };
    }
    blocks.push(block);
  });
  const placed = new Array<number>(labels.length);
  let rank = 0;
  for (const { sum, count } of blocks) {
    // Clamping the blocks' common value keeps the order and moves all of them inside.
    const shift = Math.min(Math.max(sum / count, low), high - end);
    for (let member = 0; member < count; member++, rank++) {
      placed[order[rank]] = shift + offsets[rank];
    }
  }
  return placed;
}

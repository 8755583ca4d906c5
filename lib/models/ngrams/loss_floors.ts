import { bestNgram, ngramSweep, type NgramSweepOptions } from "lib/models/ngrams/ngram_sweep.ts";
import { bitsToNats } from "lib/text/loss_units.ts";

/** One line under a loss curve. */
export interface LossFloor {
  name: string;
  lossNats: number;
}

/** Settings of `lossFloors`. */
export interface LossFloorsOptions extends NgramSweepOptions {
  /** Of the source, in bits per symbol, where it is known. */
  entropyRateBits?: number;
}

/**
 * The ladder of floors under a loss curve: ln V, unigram, the best n-gram, and the entropy rate if known.
 *
 * The n-grams are counted on the training ids and measured on the test ids, the order with the least test
 * loss standing: an optimistic choice, so a model that beats it has beaten every order.
 *
 * @throws {RangeError} as `ngramSweep` does.
 */
export function lossFloors(
  trainIds: Int32Array,
  testIds: Int32Array,
  options: LossFloorsOptions,
): LossFloor[] {
  const { vocabulary, entropyRateBits } = options;
  const ladder = ngramSweep(trainIds, testIds, options);
  const best = bestNgram(ladder);
  const floors = [
    { name: `ln V, V = ${vocabulary.size}`, lossNats: Math.log(vocabulary.size) },
    { name: "unigram", lossNats: ladder[0].lossNats },
  ];
  if (best.order > 1) {
    floors.push({ name: `best n-gram, order ${best.order}`, lossNats: best.lossNats });
  }
  if (entropyRateBits !== undefined) {
    floors.push({ name: "entropy rate", lossNats: bitsToNats(entropyRateBits) });
  }
  return floors;
}

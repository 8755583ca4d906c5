import { countContexts } from "lib/models/ngrams/context_tree.ts";
import {
  MAX_ORDER,
  ngramTokenLosses,
  requireKnown,
  requireOrder,
} from "lib/models/ngrams/ngram_model.ts";
import { bitsToNats, perplexity } from "lib/text/loss_units.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** What an n-gram model of one order reaches on the test text. */
export interface NgramLoss {
  /** Tokens of an n-gram: context length + 1. */
  order: number;
  /** Mean nats per token of the test text. */
  lossNats: number;
  perplexity: number;
}

/** Settings of `ngramSweep`. */
export interface NgramSweepOptions {
  vocabulary: Vocabulary;
  /** Highest order; 8 unless told. */
  maxOrder?: number;
  /** Whether the test text goes on where the training text ends; false unless told. */
  testFollowsTraining?: boolean;
}

/**
 * The loss of Witten-Bell n-gram models of order 1 to `maxOrder` on a test text, counted once.
 *
 * If the test text follows the training text, all its tokens are measured, the first ones with the end of the
 * training text as context; else it is read from its second token on.
 *
 * Trained on the first 10,032 letters of The Time Machine (`lettersTokenizer`) and tested on the 5,000 that follow,
 * order 4, which sees 3 letters back, is best with perplexity 5.32.
 *
 * @throws {RangeError} if maxOrder is not 1 to 8, an id is not in the vocabulary, or no token is
 * left to measure.
 */
export function ngramSweep(
  trainIds: Int32Array,
  testIds: Int32Array,
  options: NgramSweepOptions,
): NgramLoss[] {
  const { vocabulary, maxOrder = MAX_ORDER, testFollowsTraining = false } = options;
  requireOrder(maxOrder);
  requireKnown(trainIds, vocabulary);
  const tree = countContexts(trainIds, maxOrder);
  const context = testFollowsTraining ? trainIds.slice(-maxOrder) : testIds.slice(0, 1);
  const ids = testFollowsTraining ? Int32Array.from([...context, ...testIds]) : testIds;
  return ngramTokenLosses(tree, { ids, vocabulary }).map((losses, place) => {
    const measured = losses.subarray(context.length - 1);
    const lossNats = measured.reduce((sum, loss) => sum + loss, 0) / measured.length;
    return { order: place + 1, lossNats, perplexity: perplexity(lossNats) };
  });
}

/** The order of least loss. */
export function bestNgram(sweep: readonly NgramLoss[]): NgramLoss {
  return sweep.reduce((best, one) => one.lossNats < best.lossNats ? one : best);
}

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

import { ngramModels } from "lib/models/ngrams/ngram_model.ts";
import {
  type SourceDivergence,
  sourceDivergence,
  type SourceDivergenceOptions,
  trueConditionals,
} from "lib/probes/truth/source_divergence.ts";
import type { SequenceSource } from "lib/sources/sequence_source.ts";
import { createVocabulary, type Vocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { mapStoppably } from "lib/training/map_stoppably.ts";

/** How far a counted model of one order stays from a source. */
export interface NgramDivergence extends SourceDivergence {
  /** Tokens of an n-gram: it sees order - 1 back. */
  readonly order: number;
}

/** Settings of `ngramDivergences`. */
export interface NgramDivergencesOptions extends SourceDivergenceOptions {
  readonly orders: readonly number[];
  /** The symbols' vocabulary unless told. */
  readonly vocabulary?: Vocabulary;
  /** What the divergence is measured on. */
  readonly sequences: readonly Int32Array[];
}

/**
 * `sourceDivergence` of Witten-Bell n-gram models of several orders, counted on one training text.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function ngramDivergences(
  trainingIds: Int32Array,
  source: SequenceSource,
  options: NgramDivergencesOptions,
): Promise<NgramDivergence[]> {
  const { orders, sequences, vocabulary = createVocabulary(source.alphabet) } = options;
  const { truths = trueConditionals(source, sequences), startId, openingIds } = options;
  return await mapStoppably(ngramModels(trainingIds, { vocabulary, orders }), async (model) => {
    const how = { startId, openingIds, truths };
    const divergence = await sourceDivergence(model, source, sequences, how);
    return { order: model.order, ...divergence };
  });
}

/** The record of least divergence per symbol. */
export function nearestNgram(divergences: readonly NgramDivergence[]): NgramDivergence {
  return divergences.reduce((best, one) => one.klBitsPerSymbol < best.klBitsPerSymbol ? one : best);
}

import { mapStoppably } from "lib/training/map_stoppably.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import { ngramModels } from "lib/models/ngrams/ngram_model.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";
import { entropyBits, type SequenceSource } from "lib/sources/sequence_source.ts";
import { createVocabulary, type Vocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** What a model's predictions cost after prefixes of one length, in bits, averaged over sequences. */
export interface PrefixDivergence {
  /** Symbols of the source read before the prediction. */
  readonly prefixLength: number;
  /** Sequences that are long enough to count. */
  readonly sequences: number;
  /** KL(truth, model): what the model loses to the perfect predictor. Never negative. */
  readonly klBits: number;
  /** Entropy of the true conditional: what the perfect predictor loses itself. */
  readonly entropyBits: number;
}

/** How far a model is from the source's exact conditionals. */
export interface SourceDivergence {
  readonly byPrefixLength: readonly PrefixDivergence[];
  /** Mean over all predictions. */
  readonly klBitsPerSymbol: number;
  /** Mean over sequences of the sum over their predictions. */
  readonly klBitsPerSequence: number;
  /** Of each sequence, the sum over its predictions. */
  readonly klBitsOfSequences: readonly number[];
  /** Of each sequence, one number for each of its places; 0 where nothing was predicted. */
  readonly klBitsOfPlaces: readonly Float64Array[];
  /** Mean entropy of the true conditionals: the floor under the model's loss on these sequences. */
  readonly entropyBitsPerSymbol: number;
}

/** Settings of `sourceDivergence`. */
export interface SourceDivergenceOptions {
  /** A token fed before each sequence, so that its first symbol is predicted too. Not of the source. */
  readonly startId?: number;
  /** Tokens fed before the start token. What is measured is not of them. */
  readonly openingIds?: ArrayLike<number>;
  /** `source.conditionals` of each sequence, where they are known already. */
  readonly truths?: readonly Float64Array[];
}

/**
 * KL(truth, model) of every prediction along the sequences, against the source's exact conditionals.
 *
 * After each prefix, sum over x of P(x) log2(P(x) / Q(x)) with P the source's distribution and Q the model's:
 * the whole distributions are compared, so that no chance of the next symbol enters. The model's tokens are the
 * source's symbols, id by id. Infinite where the model excludes what the source allows.
 *
 * @param sequences drawn from the source, each from its initial state.
 * @throws {RangeError} if there is nothing to predict, the vocabulary is smaller than the alphabet, or a
 * sequence is impossible for the source.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { goldenMeanProcess } from "lib/sources/golden_mean_process.ts";
 * import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
 * import { sourceDivergence } from "lib/probes/truth/source_divergence.ts";
 * const coin = { // answers 1/2 to everything; the truth after 0 is a certain 1
 *   name: "coin",
 *   vocabulary: createVocabulary(["0", "1"]),
 *   initialState: () => null,
 *   step: (_: null, ids: ArrayLike<number>) => ({ logits: new Float32Array(2 * ids.length), state: null }),
 *   tokenLosses: (ids: Int32Array) => new Float64Array(ids.length - 1).fill(Math.LN2),
 * };
 * const { klBitsPerSymbol } = await sourceDivergence(coin, goldenMeanProcess(), [Int32Array.of(0, 1)]);
 * assertAlmostEquals(klBitsPerSymbol, 1, 1e-12);
 * ```
 */
export async function sourceDivergence(
  model: LanguageModel,
  source: SequenceSource,
  sequences: readonly Int32Array[],
  { startId, openingIds = [], truths = trueConditionals(source, sequences) }:
    SourceDivergenceOptions = {},
): Promise<SourceDivergence> {
  const { size } = model.vocabulary;
  const given = startId === undefined ? 1 : 0;
  const longest = sequences.reduce((length, ids) => Math.max(length, ids.length), 0);
  if (longest <= given || size < source.alphabet.length) {
    throw new RangeError(
      `Cannot compare ${model.name} with ${source.name}: ${sequences.length} sequences of at most ` +
        `${longest} symbols, ${size} tokens for ${source.alphabet.length} symbols.`,
    );
  }
  const klBitsOfPlaces = sequences.map((ids) => new Float64Array(ids.length));
  const sums: { klBits: number; entropyBits: number; sequences: number }[] = [];
  let state = model.initialState(sequences.length);
  for (const id of Array.from(openingIds)) {
    ({ state } = await model.step(state, sequences.map(() => id)));
  }
  for (let place = given; place < longest; place++) {
    // Rows that have ended read their last symbol again; what they predict is not looked at.
    const inputIds = sequences.map((ids) =>
      place === 0 ? startId! : ids[Math.min(place, ids.length) - 1]
    );
    const next = await model.step(state, inputIds);
    state = next.state;
    const sum = { klBits: 0, entropyBits: 0, sequences: 0 };
    sequences.forEach((ids, row) => {
      if (place >= ids.length) return;
      const width = source.alphabet.length;
      const truth = truths[row].subarray(place * width, (place + 1) * width);
      const divergence = klBits(truth, logSoftmaxRow(next.logits, size, row));
      sum.klBits += divergence;
      klBitsOfPlaces[row][place] = divergence;
      sum.entropyBits += entropyBits(truth);
      sum.sequences++;
    });
    sums.push(sum);
  }
  const total = (key: "klBits" | "entropyBits" | "sequences") =>
    sums.reduce((running, sum) => running + sum[key], 0);
  return {
    byPrefixLength: sums.map((sum, index) => ({
      prefixLength: index + given,
      sequences: sum.sequences,
      klBits: sum.klBits / sum.sequences,
      entropyBits: sum.entropyBits / sum.sequences,
    })),
    klBitsPerSymbol: total("klBits") / total("sequences"),
    klBitsPerSequence: total("klBits") / sequences.length,
    klBitsOfSequences: klBitsOfPlaces.map((bits) => bits.reduce((sum, one) => sum + one, 0)),
    klBitsOfPlaces,
    entropyBitsPerSymbol: total("entropyBits") / total("sequences"),
  };
}

/** `conditionals` of each sequence: what several models are held against. */
export function trueConditionals(
  source: SequenceSource,
  sequences: readonly Int32Array[],
): Float64Array[] {
  return sequences.map((ids) => source.conditionals(ids));
}

/** Mean KL per prediction after prefixes of at least `shortest` symbols: the long run, without the start. */
export function klBitsFrom(
  shortest: number,
  { byPrefixLength }: Pick<SourceDivergence, "byPrefixLength">,
): number {
  const late = byPrefixLength.filter(({ prefixLength }) => prefixLength >= shortest);
  const count = late.reduce((sum, { sequences }) => sum + sequences, 0);
  return late.reduce((sum, { klBits, sequences }) => sum + klBits * sequences, 0) / count;
}

/**
 * KL(P, Q) in bits of a distribution P and log-probabilities of Q in nats; 0 log 0 is 0.
 *
 * Q may have further entries: what it puts there P never uses.
 */
export function klBits(
  probabilities: ArrayLike<number>,
  logProbabilities: ArrayLike<number>,
): number {
  let nats = 0;
  for (let index = 0; index < probabilities.length; index++) {
    const share = probabilities[index];
    if (share > 0) nats += share * (Math.log(share) - logProbabilities[index]);
  }
  return nats / Math.LN2;
}

/**
 * Bits per sequence that a model loses to the truth, apart for each kind of place: where a divergence arises.
 *
 * The kinds together make up `klBitsPerSequence`.
 *
 * @param sequences those the divergence was measured on.
 * @param options.kindOf names the kind of a place by the source's state before its symbol.
 * @throws {RangeError} if the divergence is of other sequences.
 */
export function divergenceByKind<State>(
  { klBitsOfPlaces }: Pick<SourceDivergence, "klBitsOfPlaces">,
  sequences: readonly Int32Array[],
  { source, kindOf }: { source: SequenceSource<State>; kindOf: (state: State) => string },
): Record<string, number> {
  const isSame = klBitsOfPlaces.length === sequences.length &&
    sequences.every((ids, row) => ids.length === klBitsOfPlaces[row].length);
  if (!isSame) {
    throw new RangeError(
      `Cannot take a divergence apart: it is of ${klBitsOfPlaces.length} sequences, ` +
        `${sequences.length} were given, or their lengths differ.`,
    );
  }
  const bits: Record<string, number> = {};
  sequences.forEach((ids, row) => {
    let state = source.initialState();
    ids.forEach((symbol, place) => {
      const kind = kindOf(state);
      bits[kind] = (bits[kind] ?? 0) + klBitsOfPlaces[row][place] / sequences.length;
      state = source.advance(state, symbol);
    });
  });
  return bits;
}

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

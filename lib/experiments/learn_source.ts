import type { RecurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { MAX_ORDER } from "lib/models/ngrams/ngram_model.ts";
import {
  type NgramDivergence,
  ngramDivergences,
  type SourceDivergence,
  sourceDivergence,
  trueConditionals,
} from "lib/probes/truth/source_divergence.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { joinStrings, sampleStrings, type StringSource } from "lib/sources/string_source.ts";
import type { SequenceSource } from "lib/sources/sequence_source.ts";
import { sequenceWindows } from "lib/text/windows/sequence_windows.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import type { WindowSchedule } from "lib/text/windows/window.ts";
import { type NewModelOptions, trainNewModel } from "lib/training/train_new_model.ts";
import type { TrainingRecord } from "lib/training/training_record.ts";

/** A network that learnt a source, and what counting makes of the same symbols. */
export interface SourceLearner {
  readonly model: RecurrentLanguageModel;
  readonly records: readonly TrainingRecord[];
  /** Of the network, on fresh sequences. */
  readonly divergence: SourceDivergence;
  /** Of n-gram models counted on the network's training symbols, on the same fresh sequences. */
  readonly ngrams: readonly NgramDivergence[];
  /** The fresh sequences. */
  readonly sequences: readonly Int32Array[];
  /** The training symbols, one after the other. */
  readonly trainingIds: Int32Array;
}

/** The network, its training and the n-grams beside it. The seed draws weights, training and test symbols. */
export interface LearnSourceOptions extends Omit<NewModelOptions, "vocabulary" | "schedule"> {
  /** Symbols to train on. */
  readonly trainingSymbols: number;
  readonly batchSize: number;
  readonly unrollLength: number;
  readonly testSequences: number;
  readonly testLength: number;
  readonly ngramOrders?: readonly number[];
}

/**
 * Trains a network on symbols of a source, counts n-grams on the same symbols, and measures both against the truth.
 *
 * Training windows continue one another along parallel streams; a test sequence starts afresh. The caller disposes of the model.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function learnSource(
  source: SequenceSource,
  options: LearnSourceOptions,
): Promise<SourceLearner> {
  const { trainingSymbols, testSequences, testLength, seed } = options;
  const trainingIds = source.sample(trainingSymbols, randomStream(seed, "training symbols"));
  const random = randomStream(seed, "test symbols");
  const sequences = Array.from({ length: testSequences }, () => source.sample(testLength, random));
  const schedule = streamWindows(trainingIds, options);
  return await learn(source, { ...options, schedule, trainingIds, sequences });
}

/** The same for strings, which are read one by one and from their first symbol on. */
export interface LearnStringsOptions extends Omit<NewModelOptions, "vocabulary" | "schedule"> {
  readonly trainingStrings: number;
  readonly batchSize: number;
  readonly testStrings: number;
  readonly ngramOrders?: readonly number[];
}

/**
 * Trains a network on strings of a source, counts n-grams on the same strings, and measures both against the truth.
 *
 * The last symbol of the alphabet closes a string and stands before each one, so that the first symbol is predicted
 * as in a stream of strings. With `training.evaluateEvery` the records hold the loss on the test strings along the way.
 * The caller disposes of the model.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function learnStrings(
  source: StringSource,
  options: LearnStringsOptions,
): Promise<SourceLearner> {
  const { trainingStrings, testStrings, batchSize, seed } = options;
  const startId = source.alphabet.length - 1;
  const random = randomStream(seed, "training strings");
  const strings = sampleStrings(source, { count: trainingStrings, random, startId });
  const schedule = sequenceWindows(strings, { batchSize, seed, padId: startId });
  const sequences = sampleStrings(source, {
    count: testStrings,
    random: randomStream(seed, "test strings"),
  });
  const trainingIds = joinStrings(strings.map((string) => string.subarray(1)));
  const opened = sequences.map((string) => Int32Array.from([startId, ...string]));
  const validation = sequenceWindows(opened, { batchSize, padId: startId });
  // Without a word on when, only the end would be evaluated: the divergence says more of that.
  const training = options.training.evaluateEvery
    ? { ...options.training, validation }
    : options.training;
  return await learn(source, { ...options, training, schedule, trainingIds, sequences, startId });
}

async function learn(
  source: SequenceSource,
  options: Omit<NewModelOptions, "vocabulary"> & {
    schedule: WindowSchedule;
    trainingIds: Int32Array;
    sequences: readonly Int32Array[];
    startId?: number;
    ngramOrders?: readonly number[];
  },
): Promise<SourceLearner> {
  const { trainingIds, sequences, startId, ngramOrders = [], ...rest } = options;
  const vocabulary = createVocabulary(source.alphabet);
  const { model, records } = await trainNewModel({ ...rest, vocabulary });
  try {
    const truths = trueConditionals(source, sequences);
    const divergence = await sourceDivergence(model, source, sequences, { startId, truths });
    // Counted on a stream, an n-gram needs what came before a string to see that it begins.
    const openingIds = startId === undefined ? undefined : trainingIds.subarray(-MAX_ORDER, -1);
    const ngrams = await ngramDivergences(trainingIds, source, {
      ...{ orders: ngramOrders, sequences, startId, openingIds, truths },
    });
    return { model, records, divergence, ngrams, sequences, trainingIds };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

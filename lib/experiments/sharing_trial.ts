import type { CellKind } from "lib/kernels/network_config.ts";
import { positionSpecificModel } from "lib/models/cells/position_specific_model.ts";
import { type SourceDivergence, sourceDivergence } from "lib/probes/truth/source_divergence.ts";
import { randomStream } from "lib/random/random_stream.ts";
import type { SequenceSource } from "lib/sources/sequence_source.ts";
import { sequenceWindows } from "lib/text/windows/sequence_windows.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { train, type TrainOptions } from "lib/training/train.ts";
import { trainNewModel } from "lib/training/train_new_model.ts";

/** Shared and position-specific weights after the same training. */
export interface SharingTrial {
  readonly shared: { readonly parameters: number; readonly divergence: SourceDivergence };
  /** Measured up to its last position: it has no weights beyond. */
  readonly untied: { readonly parameters: number; readonly divergence: SourceDivergence };
}

/** Settings of `sharingTrial`. */
export interface SharingTrialOptions {
  readonly cell: CellKind;
  readonly hiddenSize: number;
  /** Time steps of every training sequence. */
  readonly positions: number;
  readonly trainingSequences: number;
  readonly batchSize: number;
  readonly training: TrainOptions;
  /** Symbols of each test sequence: more than `positions` to see what lies beyond. */
  readonly testLength: number;
  readonly testSequences: number;
  readonly seed: number;
}

/**
 * Trains a network with shared weights and one with weights for each position, on the same short sequences in the
 * same order, and measures both against the source, the shared one also past the lengths it was trained on.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function sharingTrial(
  source: SequenceSource,
  options: SharingTrialOptions,
): Promise<SharingTrial> {
  const { cell, hiddenSize, positions, training, seed, batchSize } = options;
  const vocabulary = createVocabulary(source.alphabet);
  const sampler = randomStream(seed, "short sequences");
  const short = Array.from(
    { length: options.trainingSequences },
    () => source.sample(positions + 1, sampler),
  );
  const schedule = sequenceWindows(short, { batchSize, padId: 0, seed });
  const { model: shared } = await trainNewModel({
    ...{ vocabulary, cell, hiddenSize, schedule, seed },
    training,
  });
  const random = randomStream(seed, "initial weights of every position");
  const untied = positionSpecificModel({ vocabulary, cell, hiddenSize, positions, random });
  try {
    const run = train(untied, schedule, { ...training, onStopRequest: "throw" });
    for await (const record of run) void record;
    const tester = randomStream(seed, "long sequences");
    const long = Array.from(
      { length: options.testSequences },
      () => source.sample(options.testLength, tester),
    );
    const heads = long.map((ids) => ids.subarray(0, positions + 1));
    return {
      shared: {
        parameters: shared.parameterCount,
        divergence: await sourceDivergence(shared, source, long),
      },
      untied: {
        parameters: untied.parameterCount,
        divergence: await sourceDivergence(untied, source, heads),
      },
    };
  } finally {
    shared.dispose();
    untied.dispose();
  }
}

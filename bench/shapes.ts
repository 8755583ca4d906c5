import type { NetworkConfig } from "lib/kernels/network_config.ts";
import { gateCount } from "lib/kernels/network_config.ts";
import type { OptimizerSettings, SequenceWindow } from "lib/kernels/sequence_network.ts";
import { randomStream } from "lib/random/random_stream.ts";

/** A network, a window and an optimiser to time a training step of. */
export interface Shape {
  /** Such as "lstm-h128-t64-b32-v65". */
  readonly name: string;
  readonly config: NetworkConfig;
  readonly timeSteps: number;
  readonly batchSize: number;
  readonly optimizer: OptimizerSettings;
}

type Sizes = Pick<NetworkConfig, "cell" | "hiddenSize"> & {
  timeSteps: number;
  batchSize: number;
  vocabularySize: number;
  layerCount?: number;
  optimizer?: OptimizerSettings["kind"];
};

/** A shape by its sizes; the vocabulary is both input and output. */
export function shapeOf(sizes: Sizes): Shape {
  const { cell, hiddenSize, timeSteps, batchSize, vocabularySize, layerCount = 1 } = sizes;
  const layers = layerCount === 1 ? "" : `x${layerCount}`;
  return {
    name: `${cell.replace("-tanh", "")}-h${hiddenSize}${layers}-t${timeSteps}-b${batchSize}` +
      `-v${vocabularySize}`,
    config: {
      ...{ cell, hiddenSize, layerCount, inputSize: vocabularySize, outputSize: vocabularySize },
      biasesPerGate: 2,
    },
    timeSteps,
    batchSize,
    optimizer: { kind: sizes.optimizer ?? "sgd", learningRate: 1e-3 },
  };
}

const windows = {
  d2l: { hiddenSize: 32, timeSteps: 32, batchSize: 1024, vocabularySize: 28 },
  middle: { hiddenSize: 128, timeSteps: 64, batchSize: 32, vocabularySize: 65 },
  deep: { timeSteps: 50, batchSize: 50, vocabularySize: 65, layerCount: 2 },
};

/** The ten shapes: min-char-rnn's, D2L's, char-rnn's, and what lies between. */
export const SHAPES: readonly Shape[] = [
  shapeOf({
    ...{ cell: "rnn-tanh", hiddenSize: 100, timeSteps: 25, batchSize: 1, vocabularySize: 65 },
    optimizer: "adagrad",
  }),
  shapeOf({ cell: "rnn-tanh", ...windows.d2l }),
  shapeOf({ cell: "gru", ...windows.d2l }),
  shapeOf({ cell: "lstm", ...windows.d2l }),
  shapeOf({ cell: "rnn-tanh", ...windows.middle, optimizer: "adam" }),
  shapeOf({ cell: "gru", ...windows.middle, optimizer: "adam" }),
  shapeOf({ cell: "lstm", ...windows.middle, optimizer: "adam" }),
  shapeOf({ cell: "lstm", hiddenSize: 128, ...windows.deep, optimizer: "rmsprop" }),
  shapeOf({ cell: "lstm", hiddenSize: 512, ...windows.deep, optimizer: "rmsprop" }),
  shapeOf({
    ...{ cell: "rnn-tanh", hiddenSize: 64, timeSteps: 200, batchSize: 16, vocabularySize: 65 },
    optimizer: "adam",
  }),
];

/** Floating point operations of the matrix products of one training step. */
export function stepOperations({ config, timeSteps, batchSize }: Shape): number {
  const { hiddenSize, layerCount, outputSize, cell } = config;
  const weights = (2 * layerCount - 1) * hiddenSize * gateCount(cell) + outputSize;
  return 6 * timeSteps * batchSize * hiddenSize * weights;
}

/** A window of random tokens. */
export function randomWindow({ config, timeSteps, batchSize }: Shape): SequenceWindow {
  const random = randomStream(1, "benchmark window");
  const ids = () =>
    Int32Array.from({ length: timeSteps * batchSize }, () => random() * config.inputSize);
  return { timeSteps, batchSize, inputIds: ids(), targetIds: ids() };
}

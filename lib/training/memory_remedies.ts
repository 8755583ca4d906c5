import type { CellKind } from "lib/kernels/network_config.ts";
import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";
import {
  gaussian,
  glorot,
  identity,
  type Initialiser,
  orthogonal,
  uniform,
} from "lib/models/initialisers.ts";
import { randomStream } from "lib/random/random_stream.ts";
import type { SequenceTask } from "lib/sources/sequence_task.ts";
import { recurrentLearner, type TaskLearner } from "lib/training/task_learner.ts";
import { type TaskRun, trainTask, type TrainTaskOptions } from "lib/training/train_task.ts";

/** A recurrent network, how it starts and how it is trained: one way to remember for longer. */
export interface MemoryRemedy {
  readonly cell: CellKind;
  /** By hidden size, as PyTorch's uniform draw depends on it. */
  readonly input: (hiddenSize: number) => Initialiser;
  readonly recurrent: (hiddenSize: number) => Initialiser;
  readonly forgetBias?: number;
  readonly optimizer: OptimizerSettings;
  /** Undefined: not clipped. */
  readonly maxGradientNorm?: number;
  /** The gradient does not cross time steps that are multiples of this. */
  readonly truncationLength?: number;
}

const adam = { kind: "adam", learningRate: 1e-3 } as const;
const torchDraw = (hiddenSize: number) => uniform(1 / Math.sqrt(hiddenSize));
const small = () => gaussian(0.1);
const tanh = { cell: "rnn-tanh", input: small, optimizer: adam, maxGradientNorm: 1 } as const;
const gated = {
  input: torchDraw,
  recurrent: torchDraw,
  optimizer: adam,
  maxGradientNorm: 1,
} as const;
const turned = { ...gated, input: glorot, recurrent: () => orthogonal() };

/**
 * Remedies that run on the fused kernels, by name. The first is the plain network that the others
 * are to better: Adam at 1e-3, clipped at norm 1, weights N(0, 0.1^2). Gated cells are drawn as
 * PyTorch draws them, uniform in +-1 / sqrt(H), or with orthogonal recurrent matrices.
 */
export const memoryRemedies = {
  "tanh, Gaussian 0.1": { ...tanh, recurrent: small },
  "tanh, not clipped": { ...tanh, recurrent: small, maxGradientNorm: undefined },
  "tanh, SGD 0.1": { ...tanh, recurrent: small, optimizer: { kind: "sgd", learningRate: 0.1 } },
  "tanh, RMSprop": {
    ...tanh,
    recurrent: small,
    optimizer: { kind: "rmsprop", learningRate: 1e-3 },
  },
  "tanh, Glorot": { ...tanh, input: glorot, recurrent: glorot },
  "tanh, orthogonal": { ...tanh, recurrent: () => orthogonal() },
  "orthogonal, truncated at 10": {
    ...tanh,
    recurrent: () => orthogonal(),
    truncationLength: 10,
  },
  "sigmoid, orthogonal": { ...tanh, cell: "rnn-sigmoid", recurrent: () => orthogonal() },
  "relu, identity (IRNN)": {
    ...tanh,
    cell: "rnn-relu",
    input: () => gaussian(0.001),
    recurrent: () => identity(),
  },
  "LSTM, forget bias 0": { ...gated, cell: "lstm", forgetBias: 0 },
  "LSTM, forget bias 1": { ...gated, cell: "lstm", forgetBias: 1 },
  "GRU": { ...gated, cell: "gru" },
  "LSTM orthogonal, bias 1": { ...turned, cell: "lstm", forgetBias: 1 },
} as const satisfies Record<string, MemoryRemedy>;

/** The name of a remedy. */
export type MemoryRemedyName = keyof typeof memoryRemedies;

/** Sizes of a learner, and the seed of its weights. */
export interface RemedySizes {
  readonly hiddenSize: number;
  readonly batchSize: number;
  readonly seed: number;
  /** The gradient does not cross time steps that are multiples of this. */
  readonly truncationLength?: number;
}

/** A learner that applies a remedy to a task, its weights drawn from a stream of the seed. */
export async function remedyLearner(
  remedy: MemoryRemedy,
  task: SequenceTask,
  { hiddenSize, batchSize, seed, truncationLength }: RemedySizes,
): Promise<TaskLearner> {
  return await recurrentLearner(task, {
    ...remedy,
    input: remedy.input(hiddenSize),
    recurrent: remedy.recurrent(hiddenSize),
    hiddenSize,
    batchSize,
    truncationLength: truncationLength ?? remedy.truncationLength,
    random: randomStream(seed, "initial weights"),
  });
}

/** One run of a remedy on a task, from its initial weights until it is solved or given up. */
export async function remedyRun(
  remedy: MemoryRemedy,
  task: SequenceTask,
  options: RemedySizes & Omit<TrainTaskOptions, "batchSize" | "seed">,
): Promise<TaskRun> {
  const learner = await remedyLearner(remedy, task, options);
  try {
    return await trainTask(learner, task, options);
  } finally {
    learner.dispose();
  }
}

/** The plain tanh network with its recurrent matrix set to `gain` times an orthogonal one. */
export function tanhOfGain(gain: number): MemoryRemedy {
  return { ...memoryRemedies["tanh, orthogonal"], recurrent: () => orthogonal(gain) };
}

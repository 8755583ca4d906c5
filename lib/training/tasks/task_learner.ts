import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import { type CellKind, gateCount, type NetworkConfig } from "lib/kernels/network_config.ts";
import type { MaybePromise } from "lib/kernels/read_tensor.ts";
import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";
import { drawGates, glorot, type Initialiser } from "lib/models/initialisers.ts";
import type { Random } from "lib/random/random_stream.ts";
import type { SequenceTask, TaskBatch } from "lib/sources/sequence_task.ts";

/** Something that can be trained on a task, whatever computes it. */
export interface TaskLearner {
  /** What computed the numbers. */
  readonly description: string;
  trainStep(batch: TaskBatch): MaybePromise<{ loss: number; gradientNorm: number }>;
  /** Outputs [time, batch, outputSize]. */
  outputs(batch: TaskBatch): MaybePromise<ArrayLike<number>>;
  dispose(): void;
}

/** How a learner is trained. */
export interface LearnerTraining {
  readonly optimizer: OptimizerSettings;
  readonly maxGradientNorm?: number;
  readonly batchSize: number;
}

/** A recurrent layer with a linear output, and how it starts. */
export interface RecurrentLearnerOptions extends LearnerTraining {
  readonly cell: CellKind;
  readonly hiddenSize: number;
  readonly input: Initialiser;
  readonly recurrent: Initialiser;
  /** Of an LSTM's forget gate; 0 unless told. */
  readonly forgetBias?: number;
  /** 2 as PyTorch has it, which lets Adam move their sum twice as far; 1 unless told. */
  readonly biasesPerGate?: 1 | 2;
  /** The gradient does not cross time steps that are multiples of this. */
  readonly truncationLength?: number;
  readonly random: Random;
}

/** A recurrent network on the fused kernels, on one thread: its batches are small. */
export async function recurrentLearner(
  task: SequenceTask,
  options: RecurrentLearnerOptions,
): Promise<TaskLearner> {
  const { cell, hiddenSize, batchSize, optimizer, maxGradientNorm, truncationLength } = options;
  const { inputSize, outputSize, timeSteps, inputs, loss } = task;
  const config = {
    cell,
    inputSize,
    hiddenSize,
    layerCount: 1,
    outputSize,
    biasesPerGate: options.biasesPerGate ?? 1,
  } as const;
  const network = await createFusedNetwork({
    ...{ config, timeSteps, batchSize, inputs, loss, optimizer, maxGradientNorm, truncationLength },
    threads: 1,
  });
  network.setParameters(drawParameters(config, options));
  return {
    description: network.description,
    trainStep: (batch) => network.trainStep(batch),
    outputs: (batch) => network.evaluate(batch, { outputs: true }).outputs!,
    dispose: () => network.dispose(),
  };
}

/** Initial values by canonical name; each gate's matrix is drawn on its own, the output by Glorot. */
export function drawParameters(
  { cell, inputSize, hiddenSize, outputSize, biasesPerGate }: NetworkConfig,
  options: Pick<RecurrentLearnerOptions, "input" | "recurrent" | "forgetBias" | "random">,
): Record<string, Float32Array> {
  const { random } = options;
  const gates = gateCount(cell);
  const draw = (initialiser: Initialiser, rows: number) =>
    drawGates(initialiser, { rows, hiddenSize, gates, random });
  const bias = new Float32Array(gates * hiddenSize);
  if (cell === "lstm") bias.fill(options.forgetBias ?? 0, hiddenSize, 2 * hiddenSize);
  return {
    "layer0/inputWeights": draw(options.input, inputSize),
    "layer0/recurrentWeights": draw(options.recurrent, hiddenSize),
    "layer0/bias": bias,
    ...(biasesPerGate === 2 && { "layer0/recurrentBias": new Float32Array(gates * hiddenSize) }),
    "output/weights": glorot()(hiddenSize, outputSize, random),
    "output/bias": new Float32Array(outputSize),
  };
}

import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import type { NetworkConfig } from "lib/kernels/network_config.ts";
import type { SequenceWindow } from "lib/kernels/sequence_network.ts";
import { mapStoppably } from "lib/training/map_stoppably.ts";
import { type NewModelOptions, trainNewModel } from "lib/training/train_new_model.ts";

/** A truncated gradient beside the full one. */
export interface TruncationRecord {
  /** Steps that a gradient may flow through. */
  readonly truncationLength: number;
  /** Of the angle between the two; 1 is the same direction. */
  readonly cosine: number;
  /** Norm of the truncated gradient over that of the full one. */
  readonly normRatio: number;
}

/**
 * Truncated against full backpropagation through time on one window: cosine and norm ratio of the
 * gradients of the recurrent layer's weights (input, recurrent and bias), by truncation length.
 *
 * A gradient truncated at k does not cross time steps that are multiples of k, so it flows through k
 * steps at the most and through half as many in the mean.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function truncationBias(
  config: NetworkConfig,
  parameters: Record<string, ArrayLike<number>>,
  { window, lengths }: { window: SequenceWindow; lengths: readonly number[] },
): Promise<TruncationRecord[]> {
  const gradient = async (truncationLength: number | undefined) => {
    const { timeSteps, batchSize } = window;
    const sizes = { config, timeSteps, batchSize, truncationLength };
    const network = await createFusedNetwork({ ...sizes, threads: 1 });
    network.setParameters(parameters);
    network.computeGradients(window);
    const gradients = network.gradients();
    network.dispose();
    return Object.keys(gradients).filter((name) => name.startsWith("layer"))
      .flatMap((name) => Array.from(gradients[name]));
  };
  const full = await gradient(undefined);
  return await mapStoppably(lengths, async (truncationLength) => {
    const truncated = await gradient(truncationLength);
    const normRatio = norm(truncated) / norm(full);
    const cosine = dot(truncated, full) / (norm(truncated) * norm(full));
    return { truncationLength, cosine, normRatio };
  });
}

/**
 * The same for a language model that is trained first, with Adam at 3e-3, clipped at norm 1.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function trainedTruncationBias(
  recipe: Omit<NewModelOptions, "training"> & { trainingSteps: number },
  options: { window: SequenceWindow; lengths: readonly number[] },
): Promise<TruncationRecord[]> {
  const { trainingSteps, ...rest } = recipe;
  const optimizer = { kind: "adam", learningRate: 3e-3 } as const;
  const training = { optimizer, maxGradientNorm: 1, trainingSteps, recordEvery: 50, threads: 1 };
  const { model } = await trainNewModel({ ...rest, training });
  try {
    const own = Object.entries(model.parameters).map(([name, value]) => [name, value.dataSync()]);
    return await truncationBias(model.config, Object.fromEntries(own), options);
  } finally {
    model.dispose();
  }
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i], 0);
}

function norm(values: readonly number[]): number {
  return Math.sqrt(dot(values, values));
}

import type { MaybePromise } from "lib/kernels/read_tensor.ts";
import type { NetworkConfig } from "lib/kernels/network_config.ts";
import type { OptimizerSettings, SequenceWindow } from "lib/kernels/sequence_network.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** Makes a network's updates somewhere else than in the session's own WebAssembly. */
export interface Trainer {
  /** What computes, in words. */
  readonly description: string;
  trainStep(window: SequenceWindow): MaybePromise<{ readonly loss: number }>;
  /** As of the last step. */
  parameters(): MaybePromise<Record<string, ArrayLike<number>>>;
  dispose(): void;
}

/** What a trainer starts from. */
export interface TrainerOptions {
  readonly config: NetworkConfig;
  readonly vocabulary: Vocabulary;
  readonly parameters: Record<string, ArrayLike<number>>;
  readonly optimizer: OptimizerSettings;
  readonly maxGradientNorm: number;
  readonly timeSteps: number;
  readonly batchSize: number;
}

/** Starts a trainer; fails where it cannot run. */
export type StartTrainer = (options: TrainerOptions) => Promise<Trainer>;

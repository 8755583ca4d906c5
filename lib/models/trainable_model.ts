import type * as tf from "@tensorflow/tfjs";
import type { CellState } from "lib/models/cells/cell.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import type { NetworkConfig } from "lib/kernels/network_config.ts";
import type { StackState } from "lib/kernels/sequence_network.ts";
import type { InputWindow } from "lib/text/windows/window.ts";

/** A language model with parameters to train: differentiable tfjs beside the plain contract. */
export interface TrainableModel<State = StackState, Config = NetworkConfig>
  extends LanguageModel<State> {
  /** Sizes and kind: with the parameters' values it rebuilds the model. */
  readonly config: Config;
  /** Whether it is just the network of `config`, which the fused kernels compute. */
  readonly fusible: boolean;
  /** The model's weights, by canonical name, in a fixed order; for copies of them see `TrainingEngine`. */
  readonly parameters: Readonly<Record<string, tf.Variable>>;
  readonly parameterCount: number;
  /** Zeros; the caller disposes of them. */
  initialTensorState(batchSize: number): CellState;
  /** Logits [time * batch, vocabularySize] of a window, and the state after it. Differentiable. */
  forward(window: InputWindow, state: CellState): { logits: tf.Tensor2D; state: CellState };
  dispose(): void;
}

/** A trainable model of any architecture: recurrent or attentive. */
// deno-lint-ignore no-explicit-any -- state and sizes are opaque to all but the model that made them
export type AnyTrainableModel = TrainableModel<any, any>;

import * as tf from "@tensorflow/tfjs";
import type { LayerState } from "lib/kernels/cell_step.ts";

/** State of a cell: one entry per layer, so a stack of cells has the same kind of state as one. */
export type CellState = readonly LayerState[];

/** Outputs [time, batch, hiddenSize] of the top layer and the state after the last time step. */
export interface CellSequence {
  readonly outputs: tf.Tensor3D;
  readonly state: CellState;
}

/**
 * A recurrent cell: parameters, an initial state and a step. A stack of cells is itself a cell.
 *
 * All methods are differentiable tfjs; the caller disposes of (or tidies) what they return.
 */
export interface Cell {
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** By canonical name (`layer0/inputWeights`, ...), in a fixed order. */
  readonly parameters: Readonly<Record<string, tf.Variable>>;
  /** Zeros, [batch, hiddenSize] per layer. */
  initialState(batchSize: number): CellState;
  /** `input` is [batch, inputSize]; the output is the new hidden state of the top layer. */
  step(state: CellState, input: tf.Tensor2D): { output: tf.Tensor2D; state: CellState };
  /** `inputs` is [time, batch, inputSize]. Equals repeated steps. */
  sequence(state: CellState, inputs: tf.Tensor3D): CellSequence;
  dispose(): void;
}

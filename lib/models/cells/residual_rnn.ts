import * as tf from "@tensorflow/tfjs";
import type { Cell } from "lib/models/cells/cell.ts";
import { recurrentCell, type RecurrentCellOptions } from "lib/models/cells/recurrent_cell.ts";

/** Options of a residual recurrent layer. */
export interface ResidualRnnOptions extends Omit<RecurrentCellOptions, "gateBias"> {
  /** Factor on the old state. Default 1: it is kept whole. */
  readonly carry?: number;
  /** Factor on what is added to it. Default 0.1. */
  readonly branch?: number;
}

/**
 * Residual recurrent layer: h_t = carry h_{t-1} + branch tanh(x_t W + h_{t-1} U + b).
 *
 * The skip connection of residual networks (He et al. 2016), laid along time. The derivative of a
 * step is carry I + branch diag(tanh') U^T: with carry 1 and a small branch it stays near the
 * identity, so a gradient neither vanishes nor explodes fast, whatever U is.
 *
 * Plain tfjs; parameters as those of a vanilla RNN.
 */
export function residualRnn({ carry = 1, branch = 0.1, ...options }: ResidualRnnOptions): Cell {
  const inner = recurrentCell("rnn-tanh", options);
  const step: Cell["step"] = (state, input) => {
    const { output } = inner.step(state, input);
    const kept = tf.mul(state[0].hiddenState, carry);
    const hiddenState = tf.add(kept, tf.mul(output, branch)) as tf.Tensor2D;
    return { output: hiddenState, state: [{ hiddenState }] };
  };
  return {
    ...inner,
    step,
    sequence(state, inputs) {
      const outputs: tf.Tensor2D[] = [];
      let now = state;
      for (const input of tf.unstack(inputs)) {
        const next = step(now, input as tf.Tensor2D);
        now = next.state;
        outputs.push(next.output);
      }
      return { outputs: tf.stack(outputs) as tf.Tensor3D, state: now };
    },
  };
}

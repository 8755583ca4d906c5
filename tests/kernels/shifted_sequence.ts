import * as tf from "@tensorflow/tfjs";
import type { LayerState, LayerWeights } from "lib/kernels/cell_step.ts";
import type { CellKind } from "lib/kernels/network_config.ts";
import { recurrentSequence, type RecurrentSequenceInput } from "lib/kernels/recurrent_sequence.ts";

/** Terms on the states after each time step, [time, batch, hidden]; an LSTM has both. */
export interface StateShifts {
  readonly hidden: tf.Tensor;
  readonly cell?: tf.Tensor;
}

/**
 * Hidden states of a layer with a term added to h_t, and to c_t before h_t is made of it. The gradients with
 * respect to the terms at 0 are d loss / d h_t and d loss / d c_t, all paths from time t on included, which
 * PyTorch keeps by `retain_grad`.
 */
export function shiftedSequence(
  kind: CellKind,
  weights: LayerWeights,
  { inputs, initialState, shifts }: RecurrentSequenceInput & { shifts: StateShifts },
): tf.Tensor3D {
  const at = (values: tf.Tensor, time: number) => tf.slice(values, [time, 0, 0], [1, -1, -1]);
  const rows = (values: tf.Tensor, time: number) =>
    tf.reshape(at(values, time), initialState.hiddenState.shape) as tf.Tensor2D;
  const hiddenStates: tf.Tensor2D[] = [];
  let state: LayerState = initialState;
  for (let time = 0; time < inputs.shape[0]; time++) {
    const step = { inputs: at(inputs, time) as tf.Tensor3D, initialState: state };
    const { hiddenState, cellState } = recurrentSequence(kind, weights, step).finalState;
    const shifted = cellState && tf.add(cellState, rows(shifts.cell!, time)) as tf.Tensor2D;
    // h = o tanh(c): the same output gate over the shifted cell state.
    const made = shifted
      ? tf.mul(tf.div(hiddenState, tf.tanh(cellState)), tf.tanh(shifted))
      : hiddenState;
    state = {
      hiddenState: tf.add(made, rows(shifts.hidden, time)) as tf.Tensor2D,
      cellState: shifted,
    };
    hiddenStates.push(state.hiddenState);
  }
  return tf.stack(hiddenStates) as tf.Tensor3D;
}

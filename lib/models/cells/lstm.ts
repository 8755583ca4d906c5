import type { Cell } from "lib/models/cells/cell.ts";
import { recurrentCell, type RecurrentCellOptions } from "lib/models/cells/recurrent_cell.ts";

/** Options of an LSTM layer. */
export interface LstmOptions extends Omit<RecurrentCellOptions, "gateBias"> {
  /** Initial bias of the forget gate. 1 is usual (Jozefowicz et al. 2015); 0 forgets half a step. */
  readonly forgetBias: number;
}

const FORGET_GATE = 1;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997) with forget gate (Gers et al. 2000):
 *
 * inputGate i, forgetGate f, outputGate o = s(x W + h U + b), candidate g = tanh(x Wg + h Ug + bg),
 * c' = f c + i g, h' = o tanh(c').
 *
 * Gates stand in the order i f g o, as in PyTorch.
 */
export function lstm({ forgetBias, ...options }: LstmOptions): Cell {
  return recurrentCell("lstm", { ...options, gateBias: { gate: FORGET_GATE, value: forgetBias } });
}

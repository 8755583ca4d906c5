import type { Cell } from "lib/models/cells/cell.ts";
import { recurrentCell, type RecurrentCellOptions } from "lib/models/cells/recurrent_cell.ts";

/**
 * Gated recurrent unit (Cho et al. 2014), reset applied after the recurrent product as in PyTorch
 * and ONNX (`linear_before_reset=1`):
 *
 * resetGate r = s(x Wr + h Ur + br), updateGate z = s(x Wz + h Uz + bz),
 * candidate n = tanh(x Wn + bn + r * (h Un + bUn)), h' = (1 - z) n + z h.
 *
 * An update gate of 1 keeps the state as it is. Gates stand in the order r z n; with one bias per
 * gate bUn is 0.
 */
export function gru(options: RecurrentCellOptions): Cell {
  return recurrentCell("gru", options);
}

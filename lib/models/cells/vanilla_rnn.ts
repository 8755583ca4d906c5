import type { Cell } from "lib/models/cells/cell.ts";
import { recurrentCell, type RecurrentCellOptions } from "lib/models/cells/recurrent_cell.ts";

/** Options of a vanilla RNN layer. */
export interface VanillaRnnOptions extends RecurrentCellOptions {
  readonly activation: "tanh" | "relu" | "sigmoid";
}

/**
 * Vanilla recurrent layer (Elman 1990): h_t = phi(x_t W + h_{t-1} U + b).
 *
 * Parameters: inputWeights W [inputSize, H], recurrentWeights U [H, H], bias b [H], and with
 * `biasesPerGate: 2` a second bias that adds to the first.
 */
export function vanillaRnn({ activation, ...options }: VanillaRnnOptions): Cell {
  return recurrentCell(`rnn-${activation}`, options);
}

import type { Cell } from "lib/models/cells/cell.ts";
import { gaussian, identity } from "lib/models/initialisers.ts";
import { vanillaRnn } from "lib/models/cells/vanilla_rnn.ts";
import type { Random } from "lib/random/random_stream.ts";

/** Options of an identity-initialised relu layer. */
export interface IrnnOptions {
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** Factor on the identity; 1 unless told. Below 1 the layer forgets exponentially. */
  readonly scale?: number;
  /** Standard deviation of the input weights; 0.001 unless told. */
  readonly inputDeviation?: number;
  readonly random: Random;
}

/**
 * IRNN: a vanilla RNN with relu whose recurrent matrix starts as the identity and whose biases start
 * at 0 (Le, Jaitly, Hinton 2015).
 *
 * Before training every unit that is on copies itself: h_t = relu(x_t W + h_{t-1}). The derivative
 * of a step is the identity on those units, so the gradient is the same at every distance.
 */
export function irnn(options: IrnnOptions): Cell {
  const { scale = 1, inputDeviation = 0.001, ...sizes } = options;
  return vanillaRnn({
    ...sizes,
    activation: "relu",
    inputInitialiser: gaussian(inputDeviation),
    recurrentInitialiser: identity(scale),
  });
}

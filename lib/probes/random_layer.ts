import { type CellKind, gateCount } from "lib/kernels/network_config.ts";
import { drawGates, type Initialiser } from "lib/models/initialisers.ts";
import type { LayerNumbers } from "lib/probes/layer_numbers.ts";
import type { Random } from "lib/random/random_stream.ts";

/** How a recurrent layer is drawn. */
export interface RandomLayerOptions {
  readonly cell: CellKind;
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** Each gate's matrix is drawn on its own. */
  readonly input: Initialiser;
  readonly recurrent: Initialiser;
  /** Initial bias of one gate, by its index (LSTM's forget gate: 1); the others start at 0. */
  readonly gateBias?: { readonly gate: number; readonly value: number };
  readonly random: Random;
}

/** A recurrent layer as it stands before training, as plain numbers. */
export function randomLayer(options: RandomLayerOptions): LayerNumbers {
  const { cell, inputSize, hiddenSize, gateBias, random } = options;
  const gates = gateCount(cell);
  const width = gates * hiddenSize;
  const draw = (initialiser: Initialiser, rows: number) =>
    Float64Array.from(drawGates(initialiser, { rows, hiddenSize, gates, random }));
  const inputWeights = draw(options.input, inputSize);
  const recurrentWeights = draw(options.recurrent, hiddenSize);
  const bias = new Float64Array(width);
  if (gateBias) {
    bias.fill(gateBias.value, gateBias.gate * hiddenSize, (gateBias.gate + 1) * hiddenSize);
  }
  return { cell, inputSize, hiddenSize, inputWeights, recurrentWeights, bias };
}

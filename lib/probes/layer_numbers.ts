import { type CellKind, gateCount } from "lib/kernels/network_config.ts";
import type { LayerArrays } from "lib/kernels/reference/reference_cell.ts";
import type { SequenceInputs } from "lib/probes/state_trajectory.ts";

/** The numbers of one recurrent layer, row-major; gate order as in `network_config.ts`. */
export interface LayerNumbers extends LayerArrays {
  readonly cell: CellKind;
  readonly inputSize: number;
  readonly hiddenSize: number;
}

/**
 * The inputs x_t of a layer, [inputSize] each; a token is one-hot.
 *
 * @throws {RangeError} if an id is outside the layer's inputs, or the weights do not fit the sizes.
 */
export function inputVectors(layer: LayerNumbers, inputs: SequenceInputs): Float64Array[] {
  requireFit(layer);
  if ("inputValues" in inputs) return inputs.inputValues.map((vector) => Float64Array.from(vector));
  return Array.from(inputs.inputIds, (id) => {
    if (!(id >= 0 && id < layer.inputSize)) {
      throw new RangeError(`Cannot read id ${id}: the layer has ${layer.inputSize} inputs.`);
    }
    const oneHot = new Float64Array(layer.inputSize);
    oneHot[id] = 1;
    return oneHot;
  });
}

function requireFit({ cell, inputSize, hiddenSize, ...arrays }: LayerNumbers): void {
  const width = gateCount(cell) * hiddenSize;
  const expected = {
    inputWeights: inputSize * width,
    recurrentWeights: hiddenSize * width,
    bias: width,
  };
  for (const [name, length] of Object.entries(expected)) {
    const actual = arrays[name as keyof typeof expected].length;
    if (actual !== length) {
      throw new RangeError(`Cannot use a layer: ${name} takes ${length} numbers, got ${actual}.`);
    }
  }
}

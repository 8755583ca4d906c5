import { type CellKind, gateCount } from "lib/kernels/network_config.ts";
import type { SequenceInputs } from "lib/probes/state_trajectory.ts";

/** The numbers of one recurrent layer, row-major; shapes and gate order as in `network_config.ts`. */
export interface LayerNumbers {
  readonly cell: CellKind;
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** [inputSize, G * hiddenSize] */
  readonly inputWeights: ArrayLike<number>;
  /** [hiddenSize, G * hiddenSize] */
  readonly recurrentWeights: ArrayLike<number>;
  /** [G * hiddenSize] */
  readonly bias: ArrayLike<number>;
  /** [G * hiddenSize], inside the recurrent product. */
  readonly recurrentBias?: ArrayLike<number>;
}

/**
 * x_t W + b for every time step, [G * hiddenSize] each.
 *
 * @throws {RangeError} if an id is outside the layer's inputs, or the weights do not fit the sizes.
 */
export function inputProducts(layer: LayerNumbers, inputs: SequenceInputs): Float64Array[] {
  requireFit(layer);
  const width = gateCount(layer.cell) * layer.hiddenSize;
  if ("inputIds" in inputs) {
    return Array.from(inputs.inputIds, (id) => {
      if (!(id >= 0 && id < layer.inputSize)) {
        throw new RangeError(`Cannot read id ${id}: the layer has ${layer.inputSize} inputs.`);
      }
      return Float64Array.from(
        { length: width },
        (_, j) => layer.bias[j] + layer.inputWeights[id * width + j],
      );
    });
  }
  return inputs.inputValues.map((vector) => {
    const product = Float64Array.from(layer.bias);
    for (let i = 0; i < layer.inputSize; i++) {
      for (let j = 0; j < width; j++) product[j] += vector[i] * layer.inputWeights[i * width + j];
    }
    return product;
  });
}

/** h U + recurrentBias, [G * hiddenSize]. */
export function recurrentProduct(layer: LayerNumbers, hiddenState: Float64Array): Float64Array {
  const width = gateCount(layer.cell) * layer.hiddenSize;
  const product = new Float64Array(width);
  if (layer.recurrentBias) product.set(Array.from(layer.recurrentBias));
  for (let i = 0; i < layer.hiddenSize; i++) {
    const value = hiddenState[i];
    if (value === 0) continue;
    for (let j = 0, at = i * width; j < width; j++, at++) {
      product[j] += value * layer.recurrentWeights[at];
    }
  }
  return product;
}

/** U times a gradient with respect to h U: [hiddenSize] from [G * hiddenSize]. */
export function pullThroughRecurrence(layer: LayerNumbers, gradient: Float64Array): Float64Array {
  const width = gradient.length;
  const pulled = new Float64Array(layer.hiddenSize);
  for (let i = 0; i < layer.hiddenSize; i++) {
    let sum = 0;
    for (let j = 0, at = i * width; j < width; j++, at++) {
      sum += layer.recurrentWeights[at] * gradient[j];
    }
    pulled[i] = sum;
  }
  return pulled;
}

/** 1 / (1 + e^-x). */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
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

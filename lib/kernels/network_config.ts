/** The recurrent cells a kernel computes; the vanilla RNN comes with three activations. */
export const cellKinds = ["rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru", "lstm"] as const;

/** One of the recurrent cells. */
export type CellKind = typeof cellKinds[number];

/** Sizes of a stack of equal recurrent layers with a linear output layer on top. */
export interface NetworkConfig {
  readonly cell: CellKind;
  /** Size of one input: the vocabulary size for tokens (one-hot), or the number of real features. */
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly layerCount: number;
  /** Size of one output: the vocabulary size for a language model. */
  readonly outputSize: number;
  /** 1: one bias per gate. 2: one more inside the recurrent product, as PyTorch and ONNX have it. */
  readonly biasesPerGate: 1 | 2;
}

/**
 * What one recurrent layer computes with, as arrays or as tensors: matrices [inputSize, G*H] and
 * [H, G*H], biases [G*H].
 */
export interface LayerParameters<Matrix, Vector = Matrix> {
  readonly inputWeights: Matrix;
  readonly recurrentWeights: Matrix;
  readonly bias: Vector;
  /** Inside the recurrent product. */
  readonly recurrentBias?: Vector;
}

/** A named array of the network, with its shape. */
export interface ParameterShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Number of gates G, so that a layer's matrices are `[.., G * hiddenSize]`: RNN 1, GRU 3, LSTM 4. */
export function gateCount(cell: CellKind): 1 | 3 | 4 {
  return cell === "lstm" ? 4 : cell === "gru" ? 3 : 1;
}

/**
 * The parameters of a network in their fixed order, by canonical name.
 *
 * Row-vector convention, h = x W + h U + b: `layer0/inputWeights` [inputSize, G*H],
 * `layer0/recurrentWeights` [H, G*H], `layer0/bias` [G*H], with two biases per gate also
 * `layer0/recurrentBias` [G*H]; then the next layers; then `output/weights` [H, outputSize] and
 * `output/bias` [outputSize]. Gate order as in PyTorch: LSTM i f g o, GRU r z n.
 *
 * @throws {RangeError} if a size is not a positive integer, or the cell is none of `cellKinds`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { parameterCount } from "lib/kernels/network_config.ts";
 * const sizes = { inputSize: 28, hiddenSize: 32, layerCount: 1, outputSize: 28 };
 * assertEquals(parameterCount({ cell: "gru", biasesPerGate: 1, ...sizes }), 6780);
 * ```
 */
export function parameterShapes(config: NetworkConfig): ParameterShape[] {
  for (const key of ["inputSize", "hiddenSize", "layerCount", "outputSize"] as const) {
    if (!(Number.isInteger(config[key]) && config[key] > 0)) {
      throw new RangeError(
        `Cannot size a network: ${key} must be a positive integer, got ${config[key]}.`,
      );
    }
  }
  if (!cellKinds.includes(config.cell)) {
    throw new RangeError(
      `Cannot size a network: the cell must be one of ${cellKinds.join(", ")}, got ${config.cell}.`,
    );
  }
  const gateWidth = gateCount(config.cell) * config.hiddenSize;
  const shapes: ParameterShape[] = [];
  for (let layer = 0; layer < config.layerCount; layer++) {
    const inputSize = layer === 0 ? config.inputSize : config.hiddenSize;
    shapes.push({ name: `layer${layer}/inputWeights`, shape: [inputSize, gateWidth] });
    shapes.push({ name: `layer${layer}/recurrentWeights`, shape: [config.hiddenSize, gateWidth] });
    shapes.push({ name: `layer${layer}/bias`, shape: [gateWidth] });
    if (config.biasesPerGate === 2) {
      shapes.push({ name: `layer${layer}/recurrentBias`, shape: [gateWidth] });
    }
  }
  shapes.push({ name: "output/weights", shape: [config.hiddenSize, config.outputSize] });
  shapes.push({ name: "output/bias", shape: [config.outputSize] });
  return shapes;
}

/** Number of trainable numbers in the network. */
export function parameterCount(config: NetworkConfig): number {
  return parameterShapes(config).reduce(
    (total, { shape }) => total + shape.reduce((a, b) => a * b),
    0,
  );
}

import { fromOnnxGates, toOnnxGates } from "lib/inference/onnx_gates.ts";
import type { OnnxTensor } from "lib/inference/onnx_model.ts";
import { realTensor, tensorValues } from "lib/inference/onnx_tensor.ts";
import { gateCount, type NetworkConfig } from "lib/kernels/network_config.ts";

/** Parameters by canonical name; see `parameterShapes`. */
export type ParameterValues = Readonly<Record<string, Float32Array>>;

/**
 * The parameters of a network as constants of its graph: per layer `inputWeights`
 * [1, G * hiddenSize, inputSize], `recurrentWeights` [1, G * hiddenSize, hiddenSize] and `biases`
 * [1, 2 * G * hiddenSize], the bias of the input's product before the bias of the state's; then
 * `output/weights` and `output/bias` as they are. A network with one bias per gate has zeros for the other.
 */
export function toOnnxParameters(config: NetworkConfig, values: ParameterValues): OnnxTensor[] {
  const { outputSize, hiddenSize } = config;
  const layers = layerShapes(config).flatMap(({ prefix, input, recurrent, bias }) => {
    const inputBias = toOnnxGates(values[`${prefix}/bias`], bias);
    const biases = new Float32Array(2 * inputBias.length);
    biases.set(inputBias);
    if (config.biasesPerGate === 2) {
      biases.set(toOnnxGates(values[`${prefix}/recurrentBias`], bias), inputBias.length);
    }
    const matrix = (name: string, shape: typeof input) =>
      realTensor(`${prefix}/${name}`, {
        shape: [1, inputBias.length, shape.rows],
        values: toOnnxGates(values[`${prefix}/${name}`], shape),
      });
    return [
      matrix("inputWeights", input),
      matrix("recurrentWeights", recurrent),
      realTensor(`${prefix}/biases`, { shape: [1, biases.length], values: biases }),
    ];
  });
  const output = (name: string, shape: number[]) =>
    realTensor(name, { shape, values: values[name] });
  return [
    ...layers,
    output("output/weights", [hiddenSize, outputSize]),
    output("output/bias", [outputSize]),
  ];
}

/**
 * The inverse of `toOnnxParameters`, with the same bits.
 *
 * @throws {Error} if a constant is missing, of another shape or type, or the network has one bias per
 * gate and the file two.
 */
export function fromOnnxParameters(
  config: NetworkConfig,
  tensors: readonly OnnxTensor[],
): ParameterValues {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const read = (name: string, shape: number[]) => {
    const tensor = byName.get(name);
    if (!tensor) throw new Error(`Cannot import an ONNX file: it has no constant ${name}.`);
    return tensorValues(tensor, shape);
  };
  const values: Record<string, Float32Array> = {};
  for (const { prefix, input, recurrent, bias } of layerShapes(config)) {
    const width = gateCount(config.cell) * config.hiddenSize;
    const matrix = (name: string, shape: typeof input) =>
      fromOnnxGates(read(`${prefix}/${name}`, [1, width, shape.rows]), shape);
    values[`${prefix}/inputWeights`] = matrix("inputWeights", input);
    values[`${prefix}/recurrentWeights`] = matrix("recurrentWeights", recurrent);
    const biases = read(`${prefix}/biases`, [1, 2 * width]);
    values[`${prefix}/bias`] = fromOnnxGates(biases.subarray(0, width), bias);
    const recurrentBias = fromOnnxGates(biases.subarray(width), bias);
    if (config.biasesPerGate === 2) values[`${prefix}/recurrentBias`] = recurrentBias;
    else if (recurrentBias.some((number) => number !== 0)) {
      throw new Error(
        `Cannot import an ONNX file: ${prefix}/biases has a bias inside the recurrent product, ` +
          `but the network has one bias per gate.`,
      );
    }
  }
  values["output/weights"] = read("output/weights", [config.hiddenSize, config.outputSize]);
  values["output/bias"] = read("output/bias", [config.outputSize]);
  return values;
}

function layerShapes({ cell, hiddenSize, inputSize, layerCount }: NetworkConfig) {
  return Array.from({ length: layerCount }, (_, layer) => ({
    prefix: `layer${layer}`,
    input: { cell, hiddenSize, rows: layer === 0 ? inputSize : hiddenSize },
    recurrent: { cell, hiddenSize, rows: hiddenSize },
    bias: { cell, hiddenSize, rows: 1 },
  }));
}

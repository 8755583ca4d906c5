import {
  ElementType,
  type OnnxAttribute,
  type OnnxGraph,
  type OnnxNode,
} from "lib/inference/onnx_model.ts";
import { axis, fixed, free, node, strings, value, whole } from "lib/inference/onnx_nodes.ts";
import { int32Scalar, int64Tensor, realTensor } from "lib/inference/onnx_tensor.ts";
import type { CellKind, NetworkConfig } from "lib/kernels/network_config.ts";

/**
 * The computation of a recurrent language model in official ONNX operators, and the constants that do
 * not depend on its parameters.
 *
 * Inputs: `inputIds` int32 [time, batch]; `hiddenState` float [layerCount, batch, hiddenSize], and for an
 * LSTM `cellState` likewise. Outputs: `logits` float [time, batch, vocabularySize]; `nextHiddenState`,
 * `nextCellState`. Time and batch are free. The layers of a state lie along the axis that ONNX's recurrent
 * operators keep for directions, so Split and Concat alone take it apart and put it together.
 *
 * Ids enter by OneHot, not Gather: ONNX's RNN, GRU and LSTM multiply their input by W themselves, so rows
 * gathered from W would have to pass through an identity of (G * hiddenSize)^2 weights, more than the
 * vocabularySize * G * hiddenSize of W for every vocabulary below G * hiddenSize. A product with a one-hot
 * row adds zeros to one row of W, and so is exactly that row. Beware that OneHot turns an id outside
 * the vocabulary into a row of zeros and says nothing.
 */
export function recurrentGraph(config: NetworkConfig): OnnxGraph {
  const { cell, layerCount, inputSize, outputSize, hiddenSize } = config;
  const states = stateNames(cell);
  const stateShape = [fixed(layerCount), free("batch"), fixed(hiddenSize)];
  const stateValue = (name: string) => value(name, ElementType.float, stateShape);
  const layers = Array.from({ length: layerCount }, (_, layer) => layer);
  const partsOf = (name: string) =>
    layerCount === 1 ? [name] : layers.map((layer) => `layer${layer}/${name}`);
  const cutStates = states.map(({ input }) =>
    node("Split", { input: [input, "layerLengths"], output: partsOf(input), attribute: [axis(0)] })
  );
  const joinedStates = states.map(({ output }) =>
    node("Concat", { input: partsOf(output), output: [output], attribute: [axis(0)] })
  );
  const several = layerCount > 1;
  return {
    name: "recurrent language model",
    input: [
      value("inputIds", ElementType.int32, [free("time"), free("batch")]),
      ...states.map(({ input }) => stateValue(input)),
    ],
    output: [
      value("logits", ElementType.float, [free("time"), free("batch"), fixed(outputSize)]),
      ...states.map(({ output }) => stateValue(output)),
    ],
    node: [
      node("OneHot", {
        input: ["inputIds", "vocabularySize", "offAndOn"],
        output: ["oneHot"],
        attribute: [axis(-1)],
      }),
      ...(several ? cutStates : []),
      ...layers.flatMap((layer) => layerNodes(config, layer, partsOf)),
      ...(several ? joinedStates : []),
      node("MatMul", {
        input: [`layer${layerCount - 1}/outputs`, "output/weights"],
        output: ["scores"],
      }),
      node("Add", { input: ["scores", "output/bias"], output: ["logits"] }),
    ],
    initializer: [
      int32Scalar("vocabularySize", inputSize),
      realTensor("offAndOn", { shape: [2], values: Float32Array.of(0, 1) }),
      int64Tensor("directionAxis", [1]),
      ...(several ? [int64Tensor("layerLengths", layers.map(() => 1))] : []),
    ],
  };
}

/** A recurrent operator, and the Squeeze that takes the axis of its one direction from its outputs. */
function layerNodes(
  { cell, hiddenSize }: NetworkConfig,
  layer: number,
  partsOf: (name: string) => string[],
): OnnxNode[] {
  const states = stateNames(cell);
  const { opType, attribute } = OPERATORS[cell];
  const prefix = `layer${layer}`;
  const sequenceLengths = ""; // left out: all sequences are as long as the window
  return [
    node(opType, {
      input: [
        layer === 0 ? "oneHot" : `layer${layer - 1}/outputs`,
        `${prefix}/inputWeights`,
        `${prefix}/recurrentWeights`,
        `${prefix}/biases`,
        sequenceLengths,
        ...states.map(({ input }) => partsOf(input)[layer]),
      ],
      output: [
        `${prefix}/directions`,
        ...states.map(({ output }) => partsOf(output)[layer]),
      ],
      attribute: [whole("hidden_size", hiddenSize), ...attribute],
    }),
    node("Squeeze", {
      input: [`${prefix}/directions`, "directionAxis"],
      output: [`${prefix}/outputs`],
    }),
  ];
}

const OPERATORS: Record<CellKind, { opType: string; attribute: OnnxAttribute[] }> = {
  "rnn-tanh": { opType: "RNN", attribute: [strings("activations", ["Tanh"])] },
  "rnn-relu": { opType: "RNN", attribute: [strings("activations", ["Relu"])] },
  "rnn-sigmoid": { opType: "RNN", attribute: [strings("activations", ["Sigmoid"])] },
  // Reset after the recurrent product, as in PyTorch and here; ONNX's default is before it.
  "gru": { opType: "GRU", attribute: [whole("linear_before_reset", 1)] },
  "lstm": { opType: "LSTM", attribute: [] },
};

/** The states that go in, and the names under which they come out. */
export function stateNames(cell: CellKind): { input: string; output: string }[] {
  const hidden = { input: "hiddenState", output: "nextHiddenState" };
  return cell === "lstm" ? [hidden, { input: "cellState", output: "nextCellState" }] : [hidden];
}

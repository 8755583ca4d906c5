import { assertEquals } from "@std/assert";
import { recurrentGraph, stateNames } from "lib/inference/onnx_graph.ts";
import type { OnnxValue } from "lib/inference/onnx_model.ts";
import type { NetworkConfig } from "lib/kernels/network_config.ts";

const sizes = { inputSize: 28, outputSize: 28, hiddenSize: 5, biasesPerGate: 1 } as const;

function shapes(values: readonly OnnxValue[]): string[] {
  return values.map(({ name, type }) => {
    const { elemType, shape } = type!.tensorType!;
    const lengths = shape!.dim.map(({ dimValue, dimParam }) => dimParam ?? dimValue);
    return `${name} ${elemType} [${lengths.join(", ")}]`;
  });
}

function operators(config: NetworkConfig): string[] {
  return recurrentGraph(config).node.map(({ opType }) => opType);
}

Deno.test("recurrentGraph() takes ids and states, and gives scores and the next states, any time and batch", () => {
  const { input, output } = recurrentGraph({ cell: "lstm", layerCount: 2, ...sizes });
  assertEquals(shapes(input), [
    "inputIds 6 [time, batch]",
    "hiddenState 1 [2, batch, 5]",
    "cellState 1 [2, batch, 5]",
  ]);
  assertEquals(shapes(output), [
    "logits 1 [time, batch, 28]",
    "nextHiddenState 1 [2, batch, 5]",
    "nextCellState 1 [2, batch, 5]",
  ]);
  assertEquals(recurrentGraph({ cell: "gru", layerCount: 1, ...sizes }).input.length, 2);
});

Deno.test("recurrentGraph() is one official recurrent operator per layer", () => {
  assertEquals(operators({ cell: "gru", layerCount: 1, ...sizes }), [
    ...["OneHot", "GRU", "Squeeze"],
    ...["MatMul", "Add"],
  ]);
  assertEquals(operators({ cell: "lstm", layerCount: 2, ...sizes }), [
    ...["OneHot", "Split", "Split", "LSTM", "Squeeze", "LSTM", "Squeeze", "Concat", "Concat"],
    ...["MatMul", "Add"],
  ]);
  const { node } = recurrentGraph({ cell: "rnn-relu", layerCount: 1, ...sizes });
  assertEquals(node[1].opType, "RNN");
  const { name, strings } = node[1].attribute[1];
  assertEquals([name, new TextDecoder().decode(strings![0])], ["activations", "Relu"]);
});

Deno.test("recurrentGraph() applies a GRU's reset after the recurrent product, as PyTorch does", () => {
  const { node } = recurrentGraph({ cell: "gru", layerCount: 1, ...sizes });
  const attributes = node[1].attribute.map(({ name, i }) => `${name} ${i}`);
  assertEquals(attributes, ["hidden_size 5", "linear_before_reset 1"]);
});

Deno.test("stateNames() has a cell state for the LSTM only", () => {
  assertEquals(stateNames("gru"), [{ input: "hiddenState", output: "nextHiddenState" }]);
  assertEquals(stateNames("lstm")[1], { input: "cellState", output: "nextCellState" });
});

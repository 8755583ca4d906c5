import { assertEquals, assertThrows } from "@std/assert";
import {
  type CellKind,
  gateCount,
  type NetworkConfig,
  parameterCount,
  parameterShapes,
} from "lib/kernels/network_config.ts";

const letters = { inputSize: 28, hiddenSize: 32, layerCount: 1, outputSize: 28 };
const cells: CellKind[] = ["rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru", "lstm"];

Deno.test("gateCount() is 1 for the vanilla RNNs, 3 for the GRU, 4 for the LSTM", () => {
  assertEquals(cells.map(gateCount), [1, 1, 1, 3, 4]);
});

Deno.test("parameterCount() of 28 letters and 32 units is 2,876 / 6,780 / 8,732", () => {
  const counts = cells.map((cell) => parameterCount({ ...letters, cell, biasesPerGate: 1 }));
  assertEquals(counts, [2876, 2876, 2876, 6780, 8732]);
});

Deno.test("parameterCount() grows by 32 / 96 / 128 with a second bias per gate", () => {
  const counts = cells.map((cell) => parameterCount({ ...letters, cell, biasesPerGate: 2 }));
  assertEquals(counts, [2876 + 32, 2876 + 32, 2876 + 32, 6780 + 96, 8732 + 128]);
});

Deno.test("parameterShapes() names every array in the fixed order, the second layer reading the first", () => {
  const config: NetworkConfig = {
    cell: "gru",
    inputSize: 7,
    hiddenSize: 5,
    layerCount: 2,
    outputSize: 9,
    biasesPerGate: 2,
  };
  assertEquals(parameterShapes(config), [
    { name: "layer0/inputWeights", shape: [7, 15] },
    { name: "layer0/recurrentWeights", shape: [5, 15] },
    { name: "layer0/bias", shape: [15] },
    { name: "layer0/recurrentBias", shape: [15] },
    { name: "layer1/inputWeights", shape: [5, 15] },
    { name: "layer1/recurrentWeights", shape: [5, 15] },
    { name: "layer1/bias", shape: [15] },
    { name: "layer1/recurrentBias", shape: [15] },
    { name: "output/weights", shape: [5, 9] },
    { name: "output/bias", shape: [9] },
  ]);
});

Deno.test("parameterShapes() refuses sizes that are no positive integers", () => {
  const config: NetworkConfig = { cell: "lstm", biasesPerGate: 1, ...letters };
  for (const key of ["inputSize", "hiddenSize", "layerCount", "outputSize"] as const) {
    for (const size of [0, -1, 1.5, NaN]) {
      const message = `${key} must be a positive integer, got ${size}`;
      assertThrows(() => parameterShapes({ ...config, [key]: size }), RangeError, message);
    }
  }
});

Deno.test("parameterShapes() refuses a cell it does not know, and names those it knows", () => {
  const sizes = { inputSize: 2, hiddenSize: 2, layerCount: 1, outputSize: 2, biasesPerGate: 1 };
  assertThrows(
    () => parameterShapes({ ...sizes, cell: "rnn" } as unknown as NetworkConfig),
    RangeError,
    "the cell must be one of rnn-tanh, rnn-relu, rnn-sigmoid, gru, lstm, got rnn",
  );
});

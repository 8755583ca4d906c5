import { assertEquals, assertThrows } from "@std/assert";
import { fromOnnxParameters, toOnnxParameters } from "lib/inference/onnx_parameters.ts";
import { tensorValues } from "lib/inference/onnx_tensor.ts";
import { type NetworkConfig, parameterShapes } from "lib/kernels/network_config.ts";

function numbered(config: NetworkConfig): Record<string, Float32Array> {
  let next = 1;
  return Object.fromEntries(
    parameterShapes(config).map(({ name, shape }) => {
      const length = shape.reduce((a, b) => a * b);
      return [name, Float32Array.from({ length }, () => next++)];
    }),
  );
}

const gru: NetworkConfig = {
  cell: "gru",
  inputSize: 2,
  hiddenSize: 1,
  layerCount: 2,
  outputSize: 2,
  biasesPerGate: 2,
};

Deno.test("toOnnxParameters() lays out W, R and B as the operators want them", () => {
  const values = numbered(gru);
  const tensors = toOnnxParameters(gru, values);
  assertEquals(tensors.map(({ name, dims }) => `${name} [${dims}]`), [
    "layer0/inputWeights [1,3,2]",
    "layer0/recurrentWeights [1,3,1]",
    "layer0/biases [1,6]",
    "layer1/inputWeights [1,3,1]",
    "layer1/recurrentWeights [1,3,1]",
    "layer1/biases [1,6]",
    "output/weights [1,2]",
    "output/bias [2]",
  ]);
  // inputWeights [[1, 2, 3], [4, 5, 6]] by r z n; then recurrentWeights 7 8 9, biases 10 .. 12, 13 .. 15.
  assertEquals([...tensorValues(tensors[0], [1, 3, 2])], [2, 5, 1, 4, 3, 6]);
  assertEquals([...tensorValues(tensors[2], [1, 6])], [11, 10, 12, 14, 13, 15]);
});

Deno.test("toOnnxParameters() of one bias per gate has zeros for the other", () => {
  const config = { ...gru, biasesPerGate: 1 as const };
  const biases = toOnnxParameters(config, numbered(config))[2];
  assertEquals([...tensorValues(biases, [1, 6])], [11, 10, 12, 0, 0, 0]);
});

Deno.test("fromOnnxParameters() gives back what toOnnxParameters() took", () => {
  for (const biasesPerGate of [1, 2] as const) {
    for (const cell of ["rnn-relu", "gru", "lstm"] as const) {
      const config = { ...gru, cell, biasesPerGate };
      const values = numbered(config);
      assertEquals(fromOnnxParameters(config, toOnnxParameters(config, values)), values);
    }
  }
});

Deno.test("fromOnnxParameters() refuses a constant that is missing, and a bias without a place", () => {
  const tensors = toOnnxParameters(gru, numbered(gru));
  const without = tensors.filter(({ name }) => name !== "output/bias");
  assertThrows(() => fromOnnxParameters(gru, without), Error, "it has no constant output/bias");
  assertThrows(
    () => fromOnnxParameters({ ...gru, biasesPerGate: 1 }, tensors),
    Error,
    "the network has one bias per gate",
  );
});

import { assertEquals, assertThrows } from "@std/assert";
import { inputVectors } from "lib/probes/layer_numbers.ts";

const layer = {
  cell: "rnn-tanh" as const,
  inputSize: 2,
  hiddenSize: 2,
  inputWeights: Float64Array.of(1, 2, 3, 4),
  recurrentWeights: Float64Array.of(5, 6, 7, 8),
  bias: Float64Array.of(0.5, 0.25),
};

Deno.test("inputVectors() makes a token one-hot and leaves a vector as it is", () => {
  assertEquals(inputVectors(layer, { inputIds: [1] }), [Float64Array.of(0, 1)]);
  assertEquals(inputVectors(layer, { inputValues: [[1, -1]] }), [Float64Array.of(1, -1)]);
});

Deno.test("inputVectors() refuses ids and weights that do not fit", () => {
  assertThrows(() => inputVectors(layer, { inputIds: [2] }), RangeError, "id 2");
  assertThrows(
    () => inputVectors({ ...layer, bias: Float64Array.of(0) }, { inputIds: [0] }),
    RangeError,
    "bias takes 2 numbers, got 1",
  );
});

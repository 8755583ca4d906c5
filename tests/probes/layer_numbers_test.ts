import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  inputProducts,
  logistic,
  pullThroughRecurrence,
  recurrentProduct,
} from "lib/probes/layer_numbers.ts";

const layer = {
  cell: "rnn-tanh" as const,
  inputSize: 2,
  hiddenSize: 2,
  inputWeights: [1, 2, 3, 4],
  recurrentWeights: [5, 6, 7, 8],
  bias: [0.5, 0.25],
  recurrentBias: [10, 20],
};

Deno.test("inputProducts() of a token is its row plus the bias, and of a vector the product", () => {
  assertEquals([...inputProducts(layer, { inputIds: [1] })[0]], [3.5, 4.25]);
  assertEquals([...inputProducts(layer, { inputValues: [[1, -1]] })[0]], [-1.5, -1.75]);
});

Deno.test("inputProducts() refuses ids and weights that do not fit", () => {
  assertThrows(() => inputProducts(layer, { inputIds: [2] }), RangeError, "id 2");
  assertThrows(
    () => inputProducts({ ...layer, bias: [0] }, { inputIds: [0] }),
    RangeError,
    "bias takes 2 numbers, got 1",
  );
});

Deno.test("recurrentProduct() is h U plus the recurrent bias, pullThroughRecurrence() its transpose", () => {
  assertEquals([...recurrentProduct(layer, Float64Array.of(1, 2))], [29, 42]);
  assertEquals([...pullThroughRecurrence(layer, Float64Array.of(1, 2))], [17, 23]);
});

Deno.test("logistic() is a half at 0 and saturates without overflow", () => {
  assertEquals([logistic(0), logistic(1000), logistic(-1000)], [0.5, 1, 0]);
  assertAlmostEquals(logistic(1), 0.7310585786, 1e-10);
});

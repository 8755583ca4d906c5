import { assertEquals, assertThrows } from "@std/assert";
import { architectureOf, isTransformer, type OnnxConfig } from "lib/inference/onnx_architecture.ts";
import type { NetworkConfig } from "lib/kernels/network_config.ts";
import type { TransformerConfig } from "lib/models/transformer/transformer_config.ts";

const gru: NetworkConfig = {
  cell: "gru",
  inputSize: 4,
  hiddenSize: 3,
  layerCount: 2,
  outputSize: 4,
  biasesPerGate: 2,
};
const gpt: TransformerConfig = {
  vocabularySize: 4,
  embeddingSize: 6,
  blockCount: 1,
  headCount: 3,
  contextLength: 5,
  tiedEmbeddings: false,
};

Deno.test("architectureOf() tells a transformer's sizes from a recurrent network's", () => {
  assertEquals([isTransformer(gru), isTransformer(gpt)], [false, true]);
  const operators = (config: OnnxConfig) =>
    architectureOf(config).graph().node.map(({ opType }) => opType);
  assertEquals([operators(gru).includes("GRU"), operators(gpt).includes("Softmax")], [true, true]);
  assertEquals([gru, gpt].map((config) => architectureOf(config).vocabularySize), [4, 4]);
});

Deno.test("architectureOf() moves every parameter into constants and back", () => {
  for (const config of [gru, gpt]) {
    const architecture = architectureOf(config);
    let next = 1;
    const values = Object.fromEntries(
      Object.entries(architecture.parameterShapes).map(([name, shape]) => {
        const length = shape.reduce((product, size) => product * size, 1);
        return [name, Float32Array.from({ length }, () => next++)];
      }),
    );
    const constants = architecture.toConstants(values);
    assertEquals(architecture.fromConstants(constants), values);
    assertThrows(() => architecture.fromConstants(constants.slice(1)), Error, "has no constant");
  }
});

Deno.test("architectureOf() refuses sizes that make no sense", () => {
  assertThrows(() => architectureOf({ ...gru, hiddenSize: 0 }), RangeError, "hiddenSize");
  assertThrows(() => architectureOf({ ...gpt, headCount: 4 }), RangeError, "4 heads");
});

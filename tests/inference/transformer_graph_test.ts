import { assertEquals } from "@std/assert";
import type { OnnxValue } from "lib/inference/onnx_model.ts";
import { transformerGraph } from "lib/inference/transformer_graph.ts";
import { transformerShapes } from "lib/models/transformer/transformer_config.ts";

const config = {
  vocabularySize: 7,
  embeddingSize: 8,
  blockCount: 3,
  headCount: 2,
  contextLength: 6,
  tiedEmbeddings: true,
};

function shapes(values: readonly OnnxValue[]): string[] {
  return values.map(({ name, type }) => {
    const { elemType, shape } = type!.tensorType!;
    const lengths = shape!.dim.map(({ dimValue, dimParam }) => dimParam ?? dimValue);
    return `${name} ${elemType} [${lengths.join(", ")}]`;
  });
}

Deno.test("transformerGraph() takes ids, keys and values, and gives scores and longer keys and values", () => {
  const { input, output } = transformerGraph(config);
  assertEquals(shapes(input), [
    "inputIds 6 [time, batch]",
    "keys 1 [3, past, batch, 8]",
    "values 1 [3, past, batch, 8]",
  ]);
  assertEquals(shapes(output), [
    "logits 1 [time, batch, 7]",
    "nextKeys 1 [3, total, batch, 8]",
    "nextValues 1 [3, total, batch, 8]",
  ]);
});

Deno.test("transformerGraph() uses every parameter, and nothing that no input, node or constant gives", () => {
  for (const tiedEmbeddings of [true, false]) {
    const graph = transformerGraph({ ...config, tiedEmbeddings });
    const parameters = Object.keys(transformerShapes({ ...config, tiedEmbeddings }));
    const constants = graph.initializer.map(({ name }) => name);
    const known = new Set([...parameters, ...constants, ...graph.input.map(({ name }) => name)]);
    const unused = new Set([...parameters, ...constants]);
    for (const { name, input, output } of graph.node) {
      assertEquals(input.filter((one) => !known.has(one)), [], name);
      for (const one of input) unused.delete(one);
      for (const one of output) known.add(one);
    }
    assertEquals([...unused], []);
    assertEquals(graph.output.filter(({ name }) => !known.has(name)), []);
  }
});

Deno.test("transformerGraph() normalises twice per block and once at the end, and has one softmax per block", () => {
  const types = transformerGraph(config).node.map(({ opType }) => opType);
  const count = (opType: string) => types.filter((type) => type === opType).length;
  assertEquals([count("LayerNormalization"), count("Softmax"), count("Tanh")], [7, 3, 3]);
});

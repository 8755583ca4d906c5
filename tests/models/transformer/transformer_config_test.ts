import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  drawTransformer,
  transformerParameterCount,
  transformerShapes,
} from "lib/models/transformer/transformer_config.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { transformerCases } from "../transformer_cases.ts";

const config = {
  ...{ vocabularySize: 50, embeddingSize: 32, blockCount: 2, headCount: 4, contextLength: 40 },
  tiedEmbeddings: true,
};

Deno.test("transformerShapes() names what PyTorch's fixture names", () => {
  for (const one of transformerCases) {
    assertEquals(
      Object.keys(transformerShapes(one.config)).sort(),
      Object.keys(one.parameters).sort(),
    );
  }
});

Deno.test("transformerParameterCount() is V E + T E + blocks (12 E^2 + 13 E) + 2 E when tied", () => {
  assertEquals(transformerParameterCount(config), 90 * 32 + 2 * (12 * 1024 + 13 * 32) + 64);
});

Deno.test("drawTransformer(): weights of the asked deviation, smaller into the residual stream", () => {
  const drawn = drawTransformer(config, { random: randomStream(1, "weights") });
  const deviation = (name: string) =>
    Math.sqrt(drawn[name].reduce((sum, value) => sum + value * value, 0) / drawn[name].length);
  assertAlmostEquals(deviation("block0/expand/weights"), 0.02, 0.001);
  assertAlmostEquals(deviation("block1/contract/weights"), 0.01, 0.0005);
  assertEquals(deviation("block0/expand/bias"), 0);
  assertEquals([...drawn["finalNorm/scale"]], Array(32).fill(1));
});

Deno.test("transformerShapes() refuses sizes below 1 and heads that do not divide", () => {
  assertThrows(() => transformerShapes({ ...config, blockCount: 0 }), RangeError, "blockCount");
  assertThrows(() => transformerShapes({ ...config, headCount: 5 }), RangeError, "5 heads");
  const { contextLength: _, ...lacking } = config;
  assertThrows(() => transformerShapes(lacking as typeof config), RangeError, "got undefined");
});

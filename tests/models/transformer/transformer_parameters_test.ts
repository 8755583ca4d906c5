import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { drawTransformer, transformerShapes } from "lib/models/transformer/transformer_config.ts";
import { transformerParameters } from "lib/models/transformer/transformer_parameters.ts";
import { randomStream } from "lib/random/random_stream.ts";

await useBackend("cpu");

Deno.test("transformerParameters() holds the drawn values in their shapes and order, one tensor each", () => {
  const sizes = { embeddingSize: 4, blockCount: 2, headCount: 2, contextLength: 3 };
  const config = { ...sizes, vocabularySize: 5, tiedEmbeddings: false };
  const before = tf.memory().numTensors;
  const drawn = drawTransformer(config, { random: randomStream(1, "w"), deviation: 0.1 });
  const parameters = transformerParameters(config, {
    random: randomStream(1, "w"),
    deviation: 0.1,
  });
  const entries = Object.entries(parameters);
  assertEquals(entries.map(([name, { shape }]) => [name, shape]), [
    ...Object.entries(transformerShapes(config)),
  ]);
  for (const [name, variable] of entries) assertEquals(variable.dataSync(), drawn[name]);
  assertEquals(tf.memory().numTensors, before + entries.length);
  tf.dispose(parameters);
  assertEquals(tf.memory().numTensors, before);
});

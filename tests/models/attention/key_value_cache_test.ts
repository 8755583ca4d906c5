import { assert, assertEquals, assertThrows } from "@std/assert";
import { cachedStep, emptyCache } from "lib/models/attention/key_value_cache.ts";
import { relativeError, transformerCases } from "../transformer_cases.ts";

for (const one of transformerCases.filter(({ seesFuture }) => !seesFuture)) {
  const output = one.config.tiedEmbeddings ? "tied" : "its own output weights";
  Deno.test(`cachedStep() gives PyTorch's logits, ${output}`, () => {
    const { config, batchSize, timeSteps, inputIds } = one;
    const numbers = Object.fromEntries(
      Object.entries(one.parameters).map(([name, values]) => [name, Float32Array.from(values)]),
    );
    for (let row = 0; row < batchSize; row++) {
      let cache = emptyCache(config);
      for (let time = 0; time < timeSteps; time++) {
        const place = time * batchSize + row;
        const step = cachedStep(numbers, config, { cache, id: inputIds[place] });
        const size = config.vocabularySize;
        const expected = one.logits.slice(place * size, (place + 1) * size);
        assert(relativeError(step.logits, expected) < 1e-6);
        assertEquals(cache.ids.length, time); // the old cache is as it was
        cache = step.cache;
      }
      const held = [...cache.keys, ...cache.values].reduce((sum, { length }) => sum + length, 0);
      assertEquals(held, 2 * config.blockCount * config.embeddingSize * timeSteps);
    }
  });
}

Deno.test("cachedStep() refuses a token more than the context holds", () => {
  const { config, parameters } = transformerCases[0];
  const numbers = Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [name, Float32Array.from(values)]),
  );
  let cache = emptyCache(config);
  for (let time = 0; time < config.contextLength; time++) {
    cache = cachedStep(numbers, config, { cache, id: 1 }).cache;
  }
  assertThrows(() => cachedStep(numbers, config, { cache, id: 1 }), RangeError, "context of 6");
});

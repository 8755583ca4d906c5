import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { measureGeneration } from "lib/inference/generation_speed.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import { lettersVocabulary } from "../models/small_model.ts";

/** Says that the next token is the next letter; its state is all it has read. */
function alphabet(read: number[][]): LanguageModel<number[]> {
  return {
    name: "alphabet",
    vocabulary: lettersVocabulary(5),
    initialState: () => [],
    step(state, inputIds) {
      const id = inputIds[0];
      const next = [...state, id];
      if (next.length === 4) read.push(next);
      const logits = Float32Array.from({ length: 5 }, (_, token) => token === id + 1 ? 1 : 0);
      return { logits, state: next };
    },
    tokenLosses: () => new Float64Array(0),
  };
}

Deno.test("measureGeneration() writes the likeliest token each time, from the start in every run, once to warm up", async () => {
  const read: number[][] = [];
  const speed = await measureGeneration(alphabet(read), { tokens: 4, runs: 3, runner: "a test" });
  assertEquals(read, Array(4).fill([0, 1, 2, 3]));
  assertEquals([speed.runner, speed.tokens], ["a test", 4]);
});

Deno.test("measureGeneration() gives the median, slowest and fastest of the runs in tokens per second", async () => {
  const clock = performance.now;
  // Start and end of each run, in milliseconds: 4 tokens in 8, 2, 4 and 1.
  const times = [0, 8, 10, 12, 20, 24, 30, 31];
  performance.now = () => times.shift()!;
  try {
    const speed = await measureGeneration(alphabet([]), { tokens: 4, runs: 4, runner: "a test" });
    assertEquals([speed.slowestRun, speed.fastestRun], [500, 4000]);
    assertAlmostEquals(speed.tokensPerSecond, 1500, 1e-9);
  } finally {
    performance.now = clock;
  }
});

Deno.test("measureGeneration() refuses to time nothing", async () => {
  const model = alphabet([]);
  await assertRejects(() => measureGeneration(model, { tokens: 0, runner: "" }), RangeError);
  await assertRejects(() => measureGeneration(model, { runs: 0, runner: "" }), RangeError);
});

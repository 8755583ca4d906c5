import {
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertRejects,
  assertThrows,
} from "@std/assert";
import * as fc from "fast-check";
import { useBackend } from "lib/kernels/backend.ts";
import { drawToken, sample } from "lib/decoding/sample.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { lettersVocabulary, randomIds, smallModel } from "../models/small_model.ts";
import { anyPrompt, often, resultUnlessRefused } from "./any_number.ts";

await useBackend("wasm");
const logs = [0.5, 0.2, 0.2, 0.1].map(Math.log);

/** Chi-square of counts against probabilities. */
function chiSquare(counts: number[], probabilities: number[]): number {
  const total = counts.reduce((sum, count) => sum + count);
  return counts.reduce((sum, count, token) => {
    const expected = total * probabilities[token];
    return sum + (count - expected) ** 2 / expected;
  }, 0);
}

function countTokens(temperature: number, draws = 20_000): number[] {
  const random = randomStream(3, `tokens at ${temperature}`);
  const counts = [0, 0, 0, 0];
  for (let i = 0; i < draws; i++) counts[drawToken(logs, { temperature, random })]++;
  return counts;
}

// The 99.9 % point of chi-square with three degrees of freedom is 16.27.
Deno.test("drawToken() at temperature 1 follows the distribution", () => {
  assertLess(chiSquare(countTokens(1), [0.5, 0.2, 0.2, 0.1]), 16.27);
});

Deno.test("drawToken() at temperature 1/2 squares the probabilities, at 2 takes their roots", () => {
  for (const temperature of [0.5, 2]) {
    const powers = logs.map((log) => Math.exp(log / temperature));
    const total = powers.reduce((sum, power) => sum + power);
    assertLess(chiSquare(countTokens(temperature), powers.map((power) => power / total)), 16.27);
  }
});

Deno.test("drawToken() inverts the cumulative sum: a rigged stream picks the token", () => {
  const at = (u: number) => drawToken(logs, { temperature: 1, random: () => u });
  assertEquals([0, 0.49, 0.51, 0.69, 0.71, 0.89, 0.91, 0.999].map(at), [0, 0, 1, 1, 2, 2, 3, 3]);
});

Deno.test("drawToken() at temperature 0 takes the first of the likeliest and draws nothing", () => {
  const random = () => {
    throw new Error("drew a number");
  };
  assertEquals(drawToken([1, 5, 5, 2], { temperature: 0, random }), 1);
  assertEquals(drawToken([-Infinity, -3], { temperature: 0, random }), 1);
});

Deno.test("drawToken() never draws a forbidden token, and refuses nonsense", () => {
  const random = () => 0;
  assertEquals(drawToken([-Infinity, 0], { temperature: 1, random }), 1);
  for (const temperature of [-1, NaN]) {
    assertThrows(() => drawToken(logs, { temperature, random }), RangeError, `got ${temperature}`);
  }
  for (const temperature of [0, 1]) {
    assertThrows(() => drawToken([0, NaN], { temperature, random }), RangeError, "has diverged");
    assertThrows(() => drawToken([-Infinity], { temperature, random }), RangeError, "has diverged");
  }
});

/** Bets 7 to 1 on the letter after the last of "abcd"; its state is all it has read. */
const successor: LanguageModel<string> = {
  name: "successor",
  vocabulary: lettersVocabulary(4),
  initialState: () => "",
  step(state, [id]: ArrayLike<number> & Iterable<number>) {
    const logits = new Float32Array(4);
    logits[(id + 1) % 4] = Math.log(7);
    read.push(state + "abcd"[id]);
    return { logits, state: state + "abcd"[id] };
  },
  tokenLosses: () => new Float64Array(),
};
let read: string[] = [];

Deno.test("sample() at temperature 0 is greedy, reads its prompt and its own tokens, and costs what it says", async () => {
  read = [];
  const random = () => 0;
  const { ids, lossNats } = await sample(successor, {
    promptIds: [2, 0],
    length: 5,
    temperature: 0,
    random,
  });
  assertEquals([...ids], [1, 2, 3, 0, 1]);
  assertAlmostEquals(lossNats, 5 * Math.log(10 / 7), 1e-6);
  assertEquals(read, ["c", "ca", "cab", "cabc", "cabcd", "cabcda"]);
});

Deno.test("sample() draws each token from the model's own distribution unless told", async () => {
  const random = randomStream(1, "sample");
  const { ids } = await sample(successor, { promptIds: [0], length: 4000, random });
  const hits =
    ids.filter((id, place) => id === ((place === 0 ? 0 : ids[place - 1]) + 1) % 4).length;
  assertLess(chiSquare([hits, 4000 - hits], [0.7, 0.3]), 10.83); // 99.9 %, one degree of freedom
});

Deno.test("sample() of a network: same seed same text, and the loss is that of the whole text", async () => {
  const model = smallModel("lstm", { standardDeviation: 1 });
  const draw = () =>
    sample(model, { promptIds: [1, 2], length: 30, random: randomStream(9, "text") });
  const first = await draw();
  assertEquals(await draw(), first);
  const losses = await model.tokenLosses(Int32Array.of(1, 2, ...first.ids));
  const own = losses.slice(1).reduce((sum, loss) => sum + loss);
  assertAlmostEquals(first.lossNats, own, 1e-4);
  model.dispose();
});

Deno.test("sample() refuses an empty prompt, and writes nothing at length 0", async () => {
  const random = () => 0;
  const empty = sample(successor, { promptIds: [], length: 1, random });
  await assertRejects(() => empty, RangeError, "promptIds are empty");
  assertEquals((await sample(successor, { promptIds: [0], length: 0, random })).ids.length, 0);
});

Deno.test("sample() writes in one call where a model can, and the same as by steps", async () => {
  const model = smallModel("lstm");
  const { write: _, ...stepwise } = model;
  const options = { promptIds: [1, 0, 2], length: 40, temperature: 0.7 };
  const sampled = (one: LanguageModel) =>
    sample(one, { ...options, random: randomStream(5, "letters") });
  const fast = await sampled(model), slow = await sampled(stepwise);
  assertEquals(fast.ids, slow.ids);
  assertAlmostEquals(fast.lossNats, slow.lossNats, 1e-12);
  // A filter judges every token's scores, which only steps show.
  const filter = (scores: Float64Array) => scores.map((score, id) => id === 1 ? score : -Infinity);
  const { ids } = await sample(model, { ...options, filter, random: randomStream(5, "letters") });
  assertEquals([...new Set(ids)], [1]);
  await assertRejects(
    () => sample(model, { ...options, temperature: -1, random: () => 0 }),
    RangeError,
    "got -1",
  );
});

Deno.test("sample() writes a whole number of tokens", async () => {
  const model = smallModel("gru");
  for (const length of [-1, 1.5, NaN]) {
    await assertRejects(
      () => sample(model, { promptIds: [0], length, random: () => 0 }),
      RangeError,
      `Cannot sample: length must be a whole number >= 0, got ${length}.`,
    );
  }
});

Deno.test("sample() refuses any bad number in a sentence, and gives none, by steps and by writing", async () => {
  const vocabulary = lettersVocabulary(7);
  const models: LanguageModel[] = [
    smallModel("gru"),
    ngramModel(randomIds(100), { vocabulary, order: 2 }),
  ];
  const options = fc.record({ promptIds: anyPrompt, length: often(3), temperature: often(1) });
  const counts = { written: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(0, 1), options, async (which, given) => {
      const random = randomStream(1, "draws");
      const written = await resultUnlessRefused(() => sample(models[which], { ...given, random }));
      counts[written ? "written" : "refused"]++;
      if (!written) return;
      assertEquals(written.ids.length, given.length);
      assertEquals(written.ids.every((id) => id >= 0 && id < 7), true);
      assertEquals(Number.isFinite(written.lossNats), true, `${written.lossNats} nats`);
    }),
    { seed: 1, numRuns: 300 },
  );
  assertEquals(counts.written > 50 && counts.refused > 50, true, JSON.stringify(counts));
});

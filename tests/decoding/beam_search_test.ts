import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as fc from "fast-check";
import { beamSearch } from "lib/decoding/beam_search.ts";
import { sample } from "lib/decoding/sample.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { anyPrompt, often, resultUnlessRefused } from "./any_number.ts";
import { memorylessModel } from "./memoryless_model.ts";

const vocabulary = createVocabulary([..."abcd"]);
const model = recurrentLanguageModel({
  ...{ vocabulary, cell: "gru", hiddenSize: 6 },
  random: randomStream(3, "weights"),
});
for (const variable of Object.values(model.parameters)) variable.assign(variable.mul(4));

/** All sequences of a length with their log-probabilities, likeliest first. */
async function exhaustive(scored: LanguageModel, length: number) {
  const found = [];
  for (let code = 0; code < 4 ** length; code++) {
    const ids = Array.from({ length }, (_, at) => Math.floor(code / 4 ** (length - 1 - at)) % 4);
    const losses = await scored.tokenLosses(Int32Array.of(0, ...ids));
    const logProbability = -losses.reduce((sum: number, loss: number) => sum + loss, 0);
    found.push({ ids, logProbability });
  }
  return found.sort((a, b) => b.logProbability - a.logProbability);
}

Deno.test("beamSearch() of width 1 equals greedy sampling", async () => {
  for (const first of [0, 1, 2, 3]) {
    const options = { promptIds: [first], length: 12 };
    const [best] = await beamSearch(model, { ...options, width: 1 });
    const greedy = await sample(model, { ...options, temperature: 0, random: () => 0 });
    assertEquals(best.ids, [...greedy.ids]);
    assertAlmostEquals(best.logProbability, -greedy.lossNats, 1e-9);
  }
});

Deno.test("beamSearch() of width V^L equals exhaustive search, all ranks", async () => {
  const all = await exhaustive(model, 4);
  const found = await beamSearch(model, { promptIds: [0], length: 4, width: 256 });
  assertEquals(found.length, 256);
  assertEquals(found.slice(0, 40).map(({ ids }) => ids), all.slice(0, 40).map(({ ids }) => ids));
  found.forEach(({ logProbability }, rank) =>
    assertAlmostEquals(logProbability, all[rank].logProbability, 1e-4)
  );
});

/** P(next token | last token), by rows. */
function tableModel(rows: readonly number[][]): LanguageModel<null> {
  return {
    name: "table",
    vocabulary,
    initialState: () => null,
    step: (_, inputIds) => ({
      logits: Float32Array.from(rows[inputIds[0]], Math.log),
      state: null,
    }),
    tokenLosses: () => new Float64Array(0),
  };
}

Deno.test("beamSearch() finds the likelier path that greedy search misses", async () => {
  // From a: b with 0.6, then nothing is sure; c with 0.4, then d for certain.
  const scores = [[0, 0.6, 0.4, 0], [0.25, 0.25, 0.25, 0.25], [0, 0, 0, 1], [1, 0, 0, 0]];
  const trap = tableModel(scores);
  const [greedy] = await beamSearch(trap, { promptIds: [0], length: 2, width: 1 });
  const [best] = await beamSearch(trap, { promptIds: [0], length: 2, width: 2 });
  assertEquals([greedy.ids, best.ids], [[1, 0], [2, 3]]);
  assertAlmostEquals(best.logProbability, Math.log(0.4), 1e-6);
});

Deno.test("beamSearch(): without normalisation the short wins, by the mean per token the long", async () => {
  // c ends a hypothesis. "c" costs ln 2 at once; "d d c" is cheaper by the token, dearer in all.
  const scores = [[0, 0, 0.5, 0.5], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0.3, 0.7]];
  const ending = tableModel(scores);
  const options = { promptIds: [0], length: 6, width: 8, endId: 2 };
  const [short] = await beamSearch(ending, options);
  const [long] = await beamSearch(ending, { ...options, lengthPower: 1 });
  assertEquals(short.ids, [2]);
  assertEquals(long.ids, [3, 3, 3, 3, 3, 3]);
  assertAlmostEquals(long.score, long.logProbability / 6, 1e-12);
});

Deno.test("beamSearch(): a sibling penalty gives hypotheses with more different beginnings", async () => {
  const text = Int32Array.from({ length: 200 }, (_, at) => [0, 1, 0, 2, 0, 3, 3][at % 7]);
  const counted = ngramModel(text, { vocabulary, order: 3 });
  const options = { promptIds: [0], length: 6, width: 4 };
  const starts = async (siblingPenalty: number) =>
    new Set((await beamSearch(counted, { ...options, siblingPenalty })).map(({ ids }) => ids[0]))
      .size;
  assert(await starts(5) > await starts(0));
});

Deno.test("beamSearch(): a wider beam's best is on average no worse", async () => {
  const bestOf = async (width: number) => {
    let total = 0;
    for (const first of [0, 1, 2, 3]) {
      const [best] = await beamSearch(model, { promptIds: [first], length: 8, width });
      total += best.logProbability;
    }
    return total;
  };
  assert(await bestOf(16) >= await bestOf(1));
});

Deno.test("beamSearch() refuses an empty prompt and sizes that are no counts", async () => {
  await assertRejects(
    () => beamSearch(model, { promptIds: [], length: 3, width: 1 }),
    RangeError,
    "prompt is empty",
  );
  await assertRejects(
    () => beamSearch(model, { promptIds: [0], length: 3, width: 0 }),
    RangeError,
    "width must be",
  );
});

Deno.test("beamSearch() refuses settings that rank by what is no number, and a model that has diverged", async () => {
  const options = { promptIds: [0], length: 3, width: 2 };
  const refused = (change: object, message: string, by: LanguageModel = model) =>
    assertRejects(() => beamSearch(by, { ...options, ...change }), RangeError, message);
  for (const endId of [4, -1, 0.5, NaN]) {
    await refused({ endId }, `Cannot search: endId must be an id below 4, got ${endId}.`);
  }
  for (const lengthPower of [NaN, Infinity, -Infinity, 1e308, -1e308]) {
    const message = `length^lengthPower must be above 0 and finite, got 3^${lengthPower}.`;
    await refused({ lengthPower }, message);
  }
  for (const siblingPenalty of [NaN, Infinity]) {
    await refused({ siblingPenalty }, `siblingPenalty must be finite, got ${siblingPenalty}.`);
  }
  const message = "Cannot search: the scores of memoryless are not finite; it has diverged.";
  await refused({}, message, memorylessModel([0.5, NaN, 0.5, 0]));
  await refused({}, message, memorylessModel([0.5, Infinity, 0.5, 0]));
});

Deno.test("beamSearch() refuses any bad number in a sentence, and gives none", async () => {
  const options = fc.record({
    ...{ promptIds: anyPrompt, length: often(2), width: often(3), endId: often(1) },
    ...{ lengthPower: often(0.5), siblingPenalty: often(1) },
  });
  let found = 0, refused = 0;
  await fc.assert(
    fc.asyncProperty(options, async (given) => {
      const all = await resultUnlessRefused(() => beamSearch(model, given));
      if (all) found++;
      else refused++;
      for (const { score, logProbability } of all ?? []) {
        assert([score, logProbability].every(Number.isFinite), `${score} of ${logProbability}`);
      }
    }),
    { seed: 1, numRuns: 300 },
  );
  assert(found > 30 && refused > 30, `${found} found, ${refused} refused`);
});

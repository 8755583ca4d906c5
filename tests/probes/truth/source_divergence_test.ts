import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { LanguageModel } from "lib/models/language_model.ts";
import { sourceModel } from "lib/models/source_model.ts";
import {
  divergenceByKind,
  klBits,
  klBitsFrom,
  nearestNgram,
  ngramDivergences,
  sourceDivergence,
} from "lib/probes/truth/source_divergence.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { embeddedReber, reber } from "lib/sources/reber.ts";
import { evenProcess } from "lib/sources/even_process.ts";
import { goldenMeanProcess } from "lib/sources/golden_mean_process.ts";
import { sampleStrings } from "lib/sources/string_source.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** Answers the same distribution to everything. */
function constantModel(tokens: string[], probabilities: number[]): LanguageModel<null> {
  return {
    name: "constant",
    vocabulary: createVocabulary(tokens),
    initialState: () => null,
    step: (_, ids) => ({
      logits: Float32Array.from(
        { length: ids.length * tokens.length },
        (_, index) => Math.log(probabilities[index % tokens.length]),
      ),
      state: null,
    }),
    tokenLosses: (ids) => new Float64Array(ids.length - 1),
  };
}

Deno.test("klBits() is the closed form, 0 for equal distributions and blind to what the truth never uses", () => {
  assertAlmostEquals(
    klBits([0.5, 0.5], [Math.log(0.25), Math.log(0.75)]),
    1 - 0.5 * Math.log2(3),
    1e-12,
  );
  assertAlmostEquals(klBits([0.3, 0.7], [Math.log(0.3), Math.log(0.7)]), 0, 1e-15);
  assertAlmostEquals(klBits([1, 0], [Math.log(0.5), Math.log(0.25), Math.log(0.25)]), 1, 1e-12);
  assertEquals(klBits([0.5, 0.5], [0, -Infinity]), Infinity);
});

Deno.test("sourceDivergence() reads an opening first, and says what each place costs", async () => {
  const source = reber();
  const { size } = createVocabulary(source.alphabet);
  const ids = Int32Array.from([..."BTXSE"].map((symbol) => source.alphabet.indexOf(symbol)));
  const fed: number[] = [];
  const watched: LanguageModel<null> = {
    ...constantModel([...source.alphabet], Array(size).fill(1 / size)),
    step: (_, ids) => (fed.push(ids[0]), { logits: new Float32Array(size), state: null }),
  };
  const { klBitsOfPlaces, klBitsOfSequences } = await sourceDivergence(watched, source, [ids], {
    ...{ startId: 6, openingIds: [5, 4] },
  });
  assertEquals(fed, [5, 4, 6, ...ids.slice(0, -1)]);
  const [first, second] = klBitsOfPlaces[0];
  assertAlmostEquals(first, Math.log2(7), 1e-6); // B for certain
  assertAlmostEquals(second, Math.log2(7) - 1, 1e-6); // T or P, even
  assertAlmostEquals(klBitsOfSequences[0], 5 * Math.log2(7) - 3, 1e-5);
});

Deno.test("sourceDivergence() of the truth from itself is 0, and the entropies are the source's", async () => {
  const source = evenProcess();
  const sequences = Array.from(
    { length: 40 },
    (_, i) => source.sample(30, randomStream(i, "test")),
  );
  const divergence = await sourceDivergence(sourceModel(source), source, sequences);
  assertAlmostEquals(divergence.klBitsPerSymbol, 0, 1e-7);
  assertAlmostEquals(divergence.klBitsPerSequence, 0, 1e-5);
  assertEquals(divergence.byPrefixLength.length, 29);
  assertEquals(divergence.byPrefixLength[0].prefixLength, 1);
  assertAlmostEquals(divergence.entropyBitsPerSymbol, source.entropyRateBits.value, 0.05);
});

Deno.test("sourceDivergence() of a constant model is the mean of the closed forms", async () => {
  // After 0 the golden-mean process says 1 for sure, after 1 it is a fair coin.
  const model = constantModel(["0", "1"], [0.25, 0.75]);
  const { byPrefixLength, klBitsPerSymbol, klBitsPerSequence, klBitsOfSequences } =
    await sourceDivergence(
      model,
      goldenMeanProcess(),
      [Int32Array.of(0, 1, 1), Int32Array.of(1, 1)],
    );
  const afterZero = Math.log2(4 / 3), afterOne = 1 - 0.5 * Math.log2(3);
  assertEquals(byPrefixLength.map(({ sequences }) => sequences), [2, 1]);
  assertAlmostEquals(byPrefixLength[0].klBits, (afterZero + afterOne) / 2, 1e-6);
  assertAlmostEquals(byPrefixLength[0].entropyBits, 1 / 2, 1e-12);
  assertAlmostEquals(byPrefixLength[1].klBits, afterOne, 1e-6);
  assertAlmostEquals(klBitsPerSymbol, (afterZero + 2 * afterOne) / 3, 1e-6);
  assertAlmostEquals(klBitsPerSequence, (afterZero + 2 * afterOne) / 2, 1e-6);
  assertAlmostEquals(klBitsOfSequences[0], afterZero + afterOne, 1e-6);
  assertAlmostEquals(klBitsOfSequences[1], afterOne, 1e-6);
});

Deno.test("sourceDivergence() with a start token predicts the first symbol too", async () => {
  const source = reber();
  const uniform = constantModel([...source.alphabet], new Array(7).fill(1 / 7));
  const string = Int32Array.from("BTXSE", (symbol) => source.alphabet.indexOf(symbol));
  const { byPrefixLength, klBitsPerSequence } = await sourceDivergence(uniform, source, [string], {
    startId: 6,
  });
  assertEquals(byPrefixLength.map(({ prefixLength }) => prefixLength), [0, 1, 2, 3, 4]);
  // B and E are certain, three choices are even: 5 log2(7) less 3 bits.
  assertAlmostEquals(klBitsPerSequence, 5 * Math.log2(7) - 3, 1e-5);
});

Deno.test("sourceDivergence() says what it cannot compare", async () => {
  const model = constantModel(["0"], [1]);
  await assertRejects(
    () => sourceDivergence(model, evenProcess(), [Int32Array.of(1, 1)]),
    RangeError,
    "1 tokens for 2 symbols",
  );
  const coin = constantModel(["0", "1"], [0.5, 0.5]);
  await assertRejects(
    () => sourceDivergence(coin, evenProcess(), [Int32Array.of(1)]),
    RangeError,
    "at most 1 symbols",
  );
  await assertRejects(
    () => sourceDivergence(coin, evenProcess(), [Int32Array.of(0, 1, 0, 1)]),
    RangeError,
    "probability 0",
  );
});

Deno.test("klBitsFrom() is the mean over the longer prefixes, weighted by their sequences", () => {
  const byPrefixLength = [[1, 9, 4], [2, 1, 3], [3, 5, 1]].map((
    [prefixLength, klBits, sequences],
  ) => (
    { prefixLength, klBits, sequences, entropyBits: 0 }
  ));
  assertEquals(klBitsFrom(2, { byPrefixLength }), 2);
  assertEquals(klBitsFrom(3, { byPrefixLength }), 5);
});

const source = embeddedReber();
const sequences = sampleStrings(source, { count: 50, random: randomStream(1, "strings") });
const kindOf = (state: number) => state === 16 || state === 17 ? "closing" : "elsewhere";

Deno.test("divergenceByKind() finds forgetting's whole bit at the last but one symbol", async () => {
  const forgetful = sourceModel(embeddedReber({ remembered: false }));
  // One at a time: the exact model refuses the filling of shorter strings.
  const each = await Promise.all(
    sequences.map((ids) => sourceDivergence(forgetful, source, [ids])),
  );
  const klBitsOfPlaces = each.flatMap((one) => one.klBitsOfPlaces);
  const bits = divergenceByKind({ klBitsOfPlaces }, sequences, { source, kindOf });
  assertAlmostEquals(bits.closing, 1, 1e-6);
  assertAlmostEquals(bits.elsewhere, 0, 1e-6);
});

Deno.test("divergenceByKind() refuses other sequences", () => {
  const klBitsOfPlaces = sequences.map((ids) => new Float64Array(ids.length));
  const others = sequences.slice(1);
  assertThrows(
    () => divergenceByKind({ klBitsOfPlaces }, others, { source, kindOf }),
    RangeError,
    "50 sequences, 49 were given",
  );
});

Deno.test("ngramDivergences() falls to almost 0 at the order that sees the chain's memory", async () => {
  const source = goldenMeanProcess();
  const sequences = [source.sample(400, randomStream(2, "test"))];
  const records = await ngramDivergences(
    source.sample(20_000, randomStream(1, "training")),
    source,
    {
      orders: [1, 2, 3],
      sequences,
    },
  );
  assertEquals(records.map(({ order }) => order), [1, 2, 3]);
  // A unigram knows P(0) = 1/3: 0.9183 bits against the rate of 2/3.
  assertAlmostEquals(records[0].klBitsPerSymbol, 0.9183 - 2 / 3, 0.03);
  assertEquals(records[1].klBitsPerSymbol < 0.001, true);
  assertEquals(nearestNgram(records).order, 2);
  assertAlmostEquals(records[0].klBitsPerSequence, 399 * records[0].klBitsPerSymbol, 1e-9);
});

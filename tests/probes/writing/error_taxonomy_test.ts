import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import {
  type ErrorOracle,
  errorOracles,
  errorTaxonomy,
  memoryOracle,
  rareWordOracle,
  rightOracle,
} from "lib/probes/writing/error_taxonomy.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";

const oracle = (category: string, fixes: (place: number) => boolean): ErrorOracle => ({
  category,
  fixes,
});

Deno.test("errorTaxonomy() of 24 places, errors at the even ones: shares in closed form", () => {
  // Errors at 12 places. Multiples of 4: 6; of the other 6, multiples of 3 (6, 18): 2; 4 left.
  const losses = Array.from({ length: 24 }, (_, place) => place % 2 === 0 ? Math.LN2 : 0.25);
  const found = errorTaxonomy(losses, [
    oracle("fours", (place) => place % 4 === 0),
    oracle("threes", (place) => place % 3 === 0),
  ]);
  const total = 12 * Math.LN2 + 3;
  assertEquals([found.characters, found.errors], [24, 12]);
  assertAlmostEquals(found.lossNats, total, 1e-12);
  const expected = [
    ["no error", 0, 0, 3],
    ["fours", 6, 1 / 2, 6 * Math.LN2],
    ["threes", 2, 1 / 6, 2 * Math.LN2],
    ["the rest", 4, 1 / 3, 4 * Math.LN2],
  ] as const;
  found.categories.forEach((category, index) => {
    const [name, errors, share, nats] = expected[index];
    assertEquals([category.category, category.errors], [name, errors]);
    assertAlmostEquals(category.shareOfErrors, share, 1e-12);
    assertAlmostEquals(category.lossNats, nats, 1e-12);
    assertAlmostEquals(category.shareOfLoss, nats / total, 1e-12);
  });
});

Deno.test("errorTaxonomy() peels in order: swapped oracles share the same errors otherwise", () => {
  const losses = new Array(12).fill(1);
  const fours = oracle("fours", (place) => place % 4 === 0); // 0 4 8
  const threes = oracle("threes", (place) => place % 3 === 0); // 0 3 6 9
  const errorsOf = (oracles: ErrorOracle[]) =>
    errorTaxonomy(losses, oracles).categories.map(({ category, errors }) => [category, errors]);
  assertEquals(errorsOf([fours, threes]).slice(1), [["fours", 3], ["threes", 3], ["the rest", 6]]);
  assertEquals(errorsOf([threes, fours]).slice(1), [["threes", 4], ["fours", 2], ["the rest", 6]]);
});

Deno.test("errorTaxonomy() is what a scalar loop that removes errors oracle by oracle finds", () => {
  const random = randomStream(7, "losses and oracles");
  const losses = Float64Array.from({ length: 500 }, () => 3 * random());
  const tables = [0.2, 0.5, 0.1, 0.7].map((share) =>
    Array.from({ length: 500 }, () => random() < share)
  );
  const found = errorTaxonomy(
    losses,
    tables.map((table, index) => oracle(`oracle ${index}`, (place) => table[place])),
  );
  let left: number[] = [];
  for (let place = 0; place < 500; place++) if (Math.exp(-losses[place]) <= 0.5) left.push(place);
  const all = left.length;
  const layers: number[][] = [];
  for (const table of [...tables, new Array(500).fill(true)]) {
    layers.push(left.filter((place) => table[place]));
    left = left.filter((place) => !table[place]);
  }
  assertEquals(found.errors, all);
  layers.forEach((layer, index) => {
    const category = found.categories[index + 1];
    let nats = 0;
    for (const place of layer) nats += losses[place];
    assertEquals(category.errors, layer.length);
    assertAlmostEquals(category.lossNats, nats, 1e-9);
  });
  const { categories } = found;
  assertEquals(categories.reduce((sum, { errors }) => sum + errors, 0), found.errors);
  assertEquals(categories.reduce((sum, { lossNats }) => sum + lossNats, 0), found.lossNats);
  assertAlmostEquals(categories.reduce((sum, one) => sum + one.shareOfErrors, 0), 1, 1e-12);
  assertAlmostEquals(categories.reduce((sum, one) => sum + one.shareOfLoss, 0), 1, 1e-12);
  let whole = 0;
  for (const loss of losses) whole += loss;
  assertAlmostEquals(found.lossNats, whole, 1e-9);
});

Deno.test("errorTaxonomy() of a model that is always right has no shares of errors", () => {
  const { errors, categories } = errorTaxonomy([0, 0.5], [oracle("any", () => true)]);
  assertEquals(errors, 0);
  assertEquals(categories.map(({ shareOfErrors }) => shareOfErrors), [0, 0, 0]);
  assertAlmostEquals(categories[0].shareOfLoss, 1, 1e-12);
});

Deno.test("errorTaxonomy() refuses losses that are none", () => {
  assertThrows(() => errorTaxonomy([], []), RangeError, "0 losses");
  assertThrows(() => errorTaxonomy([1, NaN], []), RangeError, "at place 1 is NaN");
});

/** The characters that an oracle fixes; dots for the others. The first is never predicted. */
function fixed({ fixes }: ErrorOracle, text: string): string {
  const characters = [...text];
  return characters.map((character, at) => at > 0 && fixes(at - 1) ? character : ".").join("");
}

Deno.test("memoryOracle() knows a word that it has seen in its reach, from the second letter on", () => {
  const text = "Ruth saw another Ruth. The other truth";
  const characters = [...text];
  const all = fixed(memoryOracle(characters, 100), text);
  assertEquals(all, "..................uth.......ther......"); // "other" stood in "another"
  assertEquals(
    fixed(memoryOracle(characters, 16), text).slice(17, 21),
    ".uth".replace("uth", "..."),
  );
  assertEquals(fixed(memoryOracle(characters, 17), text).slice(17, 21), ".uth");
});

Deno.test("rareWordOracle() knows whole words that training has at most so often, not those cut off", () => {
  const trainingText = "the cat the dog The cow";
  const text = "xo The cat the zebra do";
  const of = (rareAtMost: number) =>
    fixed(rareWordOracle([...text], { trainingText, rareAtMost }), text);
  assertEquals(of(0), "...............zebra...");
  assertEquals(of(1), ".......cat.....zebra...");
  assertEquals(of(3), "...The.cat.the.zebra...");
});

Deno.test("rightOracle() fixes what any of its models gives more than one half", () => {
  const oracle = rightOracle("either", [[Math.LN2, 0.6, 2], [2, 2, 0.1]]);
  assertEquals([0, 1, 2].map((place) => oracle.fixes(place)), [false, true, true]);
});

const trainingText = "the cat sat on the mat. the cat sat on the mat. ".repeat(4);
const text = 'the cat said: "the mat sat."';
const tokenizer = characterTokenizer(trainingText + text);
const losses = new Array(text.length - 1).fill(2);
const oracles = errorOracles({
  ...{ tokenizer, trainingText, text, losses },
  longerContextLosses: losses.map((loss, place) => text[place + 1] === "m" ? 0.1 : loss),
});
const named = (start: string) => oracles.find(({ category }) => category.startsWith(start))!;

Deno.test("errorOracles() stand in the order of the paper, longer context after the n-grams", () => {
  assertEquals(oracles.map(({ category }) => category), [
    "n-gram",
    "longer context",
    "memory of 500 characters",
    "rare word",
    "start of a word",
    "punctuation",
    "nearly right",
  ]);
});

Deno.test("errorOracles(): the n-gram oracle takes the best of the orders 1 to 9 at each place", () => {
  const ids = tokenizer.encode(text);
  const { vocabulary } = tokenizer;
  const byOrder = [1, 2, 3, 4, 5, 6, 7, 8].map((order) =>
    ngramModel(tokenizer.encode(trainingText), { vocabulary, order }).tokenLosses(ids)
  );
  const upToEight = rightOracle("to 8", byOrder);
  for (let place = 0; place < losses.length; place++) {
    if (upToEight.fixes(place)) assertEquals(named("n-gram").fixes(place), true);
  }
  // After t comes h once in three; after "the ", c and m are as likely as one another.
  assertEquals(fixed(named("n-gram"), text).slice(0, 10), "..e .at sa");
});

Deno.test("errorOracles(): longer context, word starts, punctuation and boost, by hand", () => {
  assertEquals(fixed(named("longer"), text), "...................m........");
  assertEquals(fixed(named("start"), text), '....c...s....."t...m...s....');
  assertEquals(fixed(named("punctuation"), text), '............:."............"');
  assertEquals(named("punctuation").fixes(25), true); // the full stop
  assertEquals(named("nearly").fixes(0), Math.exp(-2) + 0.4 > 0.5);
  const strict = errorOracles({ tokenizer, trainingText, text, losses, boost: 0.3 }).at(-1)!;
  assertEquals(strict.fixes(0), false);
});

Deno.test("errorOracles() and errorTaxonomy(): every character is in one category", () => {
  const { characters, errors, lossNats, categories } = errorTaxonomy(losses, oracles);
  assertEquals([characters, errors], [text.length - 1, text.length - 1]);
  assertEquals(categories.reduce((sum, category) => sum + category.errors, 0), errors);
  assertAlmostEquals(lossNats, 2 * (text.length - 1), 1e-9);
});

Deno.test("errorOracles() refuse losses that do not fit the text", () => {
  const short = { tokenizer, trainingText, text, losses: losses.slice(1) };
  assertThrows(() => errorOracles(short), RangeError, "26 losses for a text of 28 characters");
});

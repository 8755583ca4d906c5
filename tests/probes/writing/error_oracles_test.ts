import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import {
  errorOracles,
  memoryOracle,
  rareWordOracle,
  rightOracle,
} from "lib/probes/writing/error_oracles.ts";
import { type ErrorOracle, errorTaxonomy } from "lib/probes/writing/error_taxonomy.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";

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

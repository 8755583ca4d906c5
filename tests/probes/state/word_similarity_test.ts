import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import {
  centred,
  cosine,
  nearestWords,
  pairScore,
  readWordPairs,
  wordRows,
  wordStates,
} from "lib/probes/state/word_similarity.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";

const vectors = new Map([
  ["day", Float64Array.of(1, 0, 0)],
  ["night", Float64Array.of(1, 0.1, 0)],
  ["bread", Float64Array.of(0, 1, 0)],
  ["butter", Float64Array.of(0, 1, 0.1)],
]);
const pairs = readWordPairs("# ours\nday night\n\nbread butter  # at tea\n");

Deno.test("readWordPairs() reads two words a line, without comments, and refuses others", () => {
  assertEquals(pairs, [{ first: "day", second: "night" }, { first: "bread", second: "butter" }]);
  assertThrows(() => readWordPairs("day"), Error, '"day"');
  assertThrows(() => readWordPairs("day night noon"), Error);
});

Deno.test("pairScore() is 1 where every pair is nearest, 0 where each is furthest", () => {
  assertEquals(pairScore(vectors, pairs), 1);
  const crossed = [{ first: "day", second: "butter" }, { first: "bread", second: "night" }];
  assertEquals(pairScore(vectors, crossed), 0);
  assertThrows(() => pairScore(vectors, pairs.slice(1)), RangeError, "1 pairs");
});

Deno.test("pairScore() of random vectors is a half", () => {
  const random = randomStream(1, "vectors");
  const words = Array.from({ length: 200 }, (_, at) => `w${at}`);
  const noise = new Map(
    words.map((word) => [word, Float64Array.from({ length: 10 }, () => random() - 0.5)]),
  );
  const mixed = words.slice(0, 100).map((first, at) => ({ first, second: words[100 + at] }));
  assertAlmostEquals(pairScore(noise, mixed), 0.5, 0.06);
});

Deno.test("nearestWords() sorts by the cosine", () => {
  assertEquals(nearestWords(vectors, "day", 2), ["night", "bread"]);
  assertAlmostEquals(cosine(Float64Array.of(1, 1), Float64Array.of(1, 0)), Math.SQRT1_2, 1e-15);
  assertThrows(() => nearestWords(vectors, "noon", 1), RangeError, '"noon"');
});

Deno.test("centred() takes the mean off", () => {
  const rows = [...centred(vectors).values()];
  for (let i = 0; i < 3; i++) {
    assertAlmostEquals(rows.reduce((sum, row) => sum + row[i], 0), 0, 1e-15);
  }
});

Deno.test("wordRows() cuts out the rows of a matrix", () => {
  const idOf = (word: string) => ["a", "b"].indexOf(word);
  const rows = wordRows([1, 2, 3, 4], { size: 2, words: ["b"], idOf });
  assertEquals([...rows.get("b")!], [3, 4]);
});

Deno.test("wordStates() is the state after a space and the word", async () => {
  const tokenizer = characterTokenizer(" abc");
  const random = randomStream(1, "weights");
  const { vocabulary } = tokenizer;
  const model = recurrentLanguageModel({ vocabulary, cell: "gru", hiddenSize: 5, random });
  const states = await wordStates(model, { tokenizer, words: ["ab", "c"] });
  let state = model.initialState(1);
  for (const id of tokenizer.encode(" ab")) ({ state } = await model.step(state, [id]));
  assertEquals([...states.get("ab")!], [...state.hiddenState]);
  assertEquals(states.get("c")!.length, 5);
});

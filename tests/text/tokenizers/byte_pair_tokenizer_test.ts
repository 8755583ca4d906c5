import { assert, assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import ranks from "gpt-tokenizer/bpeRanks/r50k_base";
import { encode } from "gpt-tokenizer/encoding/r50k_base";
import { bytePairTokenizer } from "lib/text/tokenizers/byte_pair_tokenizer.ts";
import { loadCorpus } from "lib/text/corpus.ts";
import { trainBytePairs } from "lib/text/tokenizers/train_byte_pairs.ts";
import { bytePairsOfRankedTokens } from "../ranked_tokens.ts";
import { hardTexts, unicodeTexts } from "../unicode_texts.ts";

const { text } = await loadCorpus("embedded");
const tokenizer = bytePairTokenizer(trainBytePairs(text, { mergeCount: 300 }));

Deno.test("bytePairTokenizer() brings any Unicode text back unchanged", () => {
  fc.assert(
    fc.property(unicodeTexts, (some) => {
      assertEquals(tokenizer.decode(tokenizer.encode(some)), some);
    }),
    { seed: 1, numRuns: 300 },
  );
  assertEquals(tokenizer.decode(tokenizer.encode(text)), text);
});

Deno.test("bytePairTokenizer() with 300 merges makes 556 tokens of one word each and a shorter text", () => {
  assertEquals(tokenizer.vocabulary.size, 556);
  assertEquals(tokenizer.vocabulary.tokens[256], "Ġt");
  assert(tokenizer.encode(text).length < 0.5 * text.length);
  assertEquals(tokenizer.encode(""), new Int32Array(0));
});

Deno.test("bytePairTokenizer() gives the same ids whether or not it has met a piece before", () => {
  const fresh = () => bytePairTokenizer(trainBytePairs(text, { mergeCount: 300 }));
  const used = fresh();
  const first = used.encode(text.slice(0, 5000));
  assertEquals(used.encode(text.slice(0, 5000)), first);
  assertEquals(fresh().encode(text.slice(0, 5000)), first);
});

Deno.test("bytePairTokenizer() encodes a megabyte of any script, in one piece or many", () => {
  for (const some of [...hardTexts, "a", " "]) {
    const long = some.repeat(Math.ceil(1e6 / new TextEncoder().encode(some).length));
    assertEquals(tokenizer.decode(tokenizer.encode(long)), long);
  }
});

Deno.test("bytePairTokenizer() names an id that is none of its tokens", () => {
  assertThrows(() => tokenizer.decode([556]), RangeError, "0 to 555");
});

// GPT-2's published vocabulary, 50,256 tokens, as the package gpt-tokenizer ships it.
const published = ranks.map((token) =>
  typeof token === "string" ? new TextEncoder().encode(token) : Uint8Array.from(token)
);
const gpt2 = bytePairTokenizer(bytePairsOfRankedTokens(published));
const ours = (text: string) =>
  [...gpt2.encode(text)].map((id) => id < 256 ? publishedRankOfByte[id] : id);
const publishedRankOfByte = Array.from(
  { length: 256 },
  (_, byte) => published.findIndex((token) => token.length === 1 && token[0] === byte),
);

Deno.test("bytePairTokenizer() of the tokens alone finds all 50,000 merges of GPT-2's vocabulary", () => {
  assertEquals(gpt2.vocabulary.size, 50_256);
  assertEquals(gpt2.vocabulary.tokens.slice(256, 262), ["Ġt", "Ġa", "he", "in", "re", "on"]);
});

Deno.test("bytePairTokenizer() with GPT-2's merges gives the ids of gpt-tokenizer on prose", () => {
  assertEquals(ours(text), encode(text));
  assertEquals(ours("Hello world, it's"), [15496, 995, 11, 340, 338]);
});

Deno.test("bytePairTokenizer() with GPT-2's merges gives the ids of gpt-tokenizer on any text", () => {
  for (const text of hardTexts) assertEquals(ours(text), encode(text), text);
  fc.assert(
    fc.property(unicodeTexts, (text) => assertEquals(ours(text), encode(text))),
    { seed: 1, numRuns: 300 },
  );
});

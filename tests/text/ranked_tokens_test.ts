import { assert, assertEquals, assertThrows } from "@std/assert";
import * as fc from "fast-check";
import ranks from "gpt-tokenizer/bpeRanks/r50k_base";
import { encode } from "gpt-tokenizer/encoding/r50k_base";
import { bytePairTokenizer } from "lib/text/byte_pair_tokenizer.ts";
import { loadCorpus } from "lib/text/corpus.ts";
import { bytePairsOfRankedTokens } from "lib/text/ranked_tokens.ts";
import { hardTexts, unicodeTexts } from "./unicode_texts.ts";

// GPT-2's published vocabulary, 50,256 tokens, as the package gpt-tokenizer ships it.
const published = ranks.map((token) =>
  typeof token === "string" ? new TextEncoder().encode(token) : Uint8Array.from(token)
);
const tokenizer = bytePairTokenizer(bytePairsOfRankedTokens(published));
const ours = (text: string) =>
  [...tokenizer.encode(text)].map((id) => id < 256 ? publishedRankOfByte[id] : id);
const publishedRankOfByte = Array.from(
  { length: 256 },
  (_, byte) => published.findIndex((token) => token.length === 1 && token[0] === byte),
);

Deno.test("bytePairsOfRankedTokens() finds all 50,000 merges of GPT-2's vocabulary", () => {
  assertEquals(tokenizer.vocabulary.size, 50_256);
  assertEquals(tokenizer.vocabulary.tokens.slice(256, 262), ["Ġt", "Ġa", "he", "in", "re", "on"]);
});

Deno.test("bytePairTokenizer() with GPT-2's merges gives the ids of gpt-tokenizer on prose", async () => {
  const { text } = await loadCorpus("embedded");
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

Deno.test("bytePairsOfRankedTokens() refuses tokens without all bytes, or made of more than two", () => {
  assertThrows(() => bytePairsOfRankedTokens(published.slice(1, 300)), RangeError, "single bytes");
  const odd = [...published.slice(0, 256), new TextEncoder().encode("abc")];
  assertThrows(() => bytePairsOfRankedTokens(odd), RangeError, "made of a b c");
  assert(published.length === 50_256);
});

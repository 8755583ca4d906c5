import { assertEquals, assertThrows } from "@std/assert";
import { bytePairs } from "lib/text/byte_pairs.ts";
import { bytePairText, readBytePairs } from "lib/text/byte_pair_file.ts";
import { bytePairTokenizer } from "lib/text/byte_pair_tokenizer.ts";
import { loadCorpus } from "lib/text/corpus.ts";
import { trainBytePairs } from "lib/text/train_byte_pairs.ts";

Deno.test("readBytePairs() brings back what bytePairText() wrote: the same merges, the same ids", async () => {
  const { text } = await loadCorpus("embedded");
  const pairs = trainBytePairs(text, { mergeCount: 500 });
  const read = readBytePairs(bytePairText(pairs));
  assertEquals(read, pairs);
  assertEquals(bytePairTokenizer(read).encode(text), bytePairTokenizer(pairs).encode(text));
});

Deno.test("readBytePairs() reads GPT-2's format, bytes that are no text, and two ways to one token", () => {
  const { merges } = readBytePairs("#version: 0.2\r\nĠ t\r\nh e\r\nÃ ©\n");
  assertEquals(merges, [
    { left: 32, right: 116, result: 256 },
    { left: 104, right: 101, result: 257 },
    { left: 0xc3, right: 0xa9, result: 258 },
  ]);
  const twice = bytePairs([[97, 98], [256, 99], [98, 99], [97, 258], [257, 100]].map(
    ([left, right]) => ({ left, right }),
  ));
  assertEquals(readBytePairs(bytePairText(twice)), twice);
});

Deno.test("readBytePairs() names the line that is no merge", () => {
  assertThrows(() => readBytePairs("#version: 0.2\na b\nab\n"), RangeError, 'line 3, "ab"');
  assertThrows(() => readBytePairs("abc d\n"), RangeError, "line 1");
  assertThrows(() => readBytePairs("a b\na b\n"), RangeError, "merge 1");
});

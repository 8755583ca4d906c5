import { assertEquals, assertThrows } from "@std/assert";
import { type BytePairs, bytePairs, nameOfBytes } from "lib/text/tokenizers/byte_pairs.ts";
import { loadCorpus } from "lib/text/corpus.ts";
import { splitPieces } from "lib/text/tokenizers/split_pieces.ts";
import { trainBytePairs } from "lib/text/tokenizers/train_byte_pairs.ts";

const named = ({ tokenBytes }: BytePairs) => tokenBytes.slice(256).map(nameOfBytes);

Deno.test("trainBytePairs() learns the example of Sennrich, Haddow and Birch: es, est, lo, low", () => {
  // low 5, lower 2, newest 6, widest 3: "es" and "st" come 9 times, "es" first.
  const words = ["low", "lower", "newest", "widest"];
  const text = words.flatMap((word, index) => Array([5, 2, 6, 3][index]).fill(word)).join("\n");
  assertEquals(named(trainBytePairs(text, { mergeCount: 4 })), ["es", "est", "lo", "low"]);
});

Deno.test("trainBytePairs() counts as counting anew after every merge does", async () => {
  const { text } = await loadCorpus("embedded");
  const part = text.slice(0, 3000);
  const learned = trainBytePairs(part, { mergeCount: 80 });
  let pieces = splitPieces(part).map((piece) => [...new TextEncoder().encode(piece)]);
  for (const { left, right, result } of learned.merges) {
    const counts = new Map<string, number>();
    for (const ids of pieces) {
      for (let at = 0; at + 1 < ids.length; at++) {
        const pair = `${ids[at]} ${ids[at + 1]}`;
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    }
    assertEquals(counts.get(`${left} ${right}`), Math.max(...counts.values()));
    pieces = pieces.map((ids) => {
      const kept: number[] = [];
      for (const id of ids) {
        if (id === right && kept.at(-1) === left) kept[kept.length - 1] = result;
        else kept.push(id);
      }
      return kept;
    });
  }
  assertEquals(learned.merges.length, 80);
});

Deno.test("trainBytePairs() ends where no pair comes twice, and never merges across pieces", () => {
  assertEquals(named(trainBytePairs("ab cd", { mergeCount: 9 })), []);
  assertEquals(named(trainBytePairs("ab ab", { mergeCount: 9 })), ["ab"]);
  assertEquals(named(trainBytePairs("", { mergeCount: 9 })), []);
  assertThrows(() => trainBytePairs("a", { mergeCount: -1 }), RangeError, "mergeCount is -1");
});

Deno.test("trainBytePairs(): a short training is the start of a long one", async () => {
  const { text } = await loadCorpus("embedded");
  const long = trainBytePairs(text, { mergeCount: 60 });
  const short = trainBytePairs(text, { mergeCount: 25 });
  assertEquals(bytePairs(long.merges.slice(0, 25)), short);
});

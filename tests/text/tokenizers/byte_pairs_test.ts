import { assertEquals, assertThrows } from "@std/assert";
import { bytePairBuilder, bytePairs, nameOfBytes } from "lib/text/tokenizers/byte_pairs.ts";

const [a, b, c] = [97, 98, 99];

Deno.test("bytePairs() gives each merge the next id, from 256 on", () => {
  const { merges, tokenBytes } = bytePairs([{ left: a, right: b }, { left: 256, right: c }]);
  assertEquals(merges.map(({ result }) => result), [256, 257]);
  assertEquals(tokenBytes.slice(256).map(nameOfBytes), ["ab", "abc"]);
  assertEquals(tokenBytes[255], Uint8Array.of(255));
});

Deno.test("bytePairs() makes no token twice: a second way to its bytes has the first one's id", () => {
  const { merges, tokenBytes } = bytePairs([
    { left: a, right: b },
    { left: 256, right: c },
    { left: b, right: c },
    { left: a, right: 258 },
  ]);
  assertEquals(merges.map(({ result }) => result), [256, 257, 258, 257]);
  assertEquals(tokenBytes.length, 259);
});

Deno.test("bytePairs() refuses a token that is not there yet, and a pair that is joined already", () => {
  assertThrows(() => bytePairs([{ left: a, right: 256 }]), RangeError, "only 256 by then");
  const builder = bytePairBuilder();
  builder.add(a, b);
  assertThrows(() => builder.add(a, b), RangeError, "merge 1 joins 97 and 98");
});

Deno.test("nameOfBytes() writes a printable character for each byte", () => {
  assertEquals(nameOfBytes(Uint8Array.of(32, 104, 105)), "Ġhi");
});

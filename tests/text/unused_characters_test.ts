import { assertEquals, assertThrows } from "@std/assert";
import { unusedCharacters } from "lib/text/unused_characters.ts";

Deno.test("unusedCharacters() gives the first private-use characters that the text leaves", () => {
  assertEquals(unusedCharacters("plain text", 3), ["\ue000", "\ue001", "\ue002"]);
  assertEquals(unusedCharacters("\ue001 and \ue000", 2), ["\ue002", "\ue003"]);
  assertEquals(unusedCharacters("", 0), []);
});

Deno.test("unusedCharacters() goes on in the second area where the first is full", () => {
  const full = String.fromCodePoint(...Array.from({ length: 0x1900 }, (_, at) => 0xe000 + at));
  assertEquals(unusedCharacters(full, 1), ["\u{f0000}"]);
  assertThrows(() => unusedCharacters("", 100_000), RangeError, "it leaves 71934");
});

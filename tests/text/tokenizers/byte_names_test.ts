import { assertEquals } from "@std/assert";
import { byteNames } from "lib/text/tokenizers/byte_names.ts";

Deno.test("byteNames are GPT-2's: printable bytes as themselves, space Ġ, line feed Ċ, 255 ÿ", () => {
  assertEquals(byteNames.length, 256);
  assertEquals([33, 126, 161, 255, 32, 10, 0, 173].map((byte) => byteNames[byte]), [
    ..."!~¡ÿĠĊĀŃ",
  ]);
});

Deno.test("byteNames are a single character each, and no two the same", () => {
  assertEquals(new Set(byteNames).size, 256);
  assertEquals(byteNames.filter((name) => name.length !== 1), []);
});

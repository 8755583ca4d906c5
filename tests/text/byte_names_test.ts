import { assertEquals } from "@std/assert";
import { byteNames, byteOfName } from "lib/text/byte_names.ts";

Deno.test("byteNames are GPT-2's: printable bytes as themselves, space Ġ, line feed Ċ, 255 ÿ", () => {
  assertEquals(byteNames.length, 256);
  assertEquals([33, 126, 161, 255, 32, 10, 0, 173].map((byte) => byteNames[byte]), [
    ..."!~¡ÿĠĊĀŃ",
  ]);
});

Deno.test("byteOfName inverts byteNames, each a single character", () => {
  byteNames.forEach((name, byte) => assertEquals([name.length, byteOfName.get(name)], [1, byte]));
  assertEquals(byteOfName.size, 256);
});

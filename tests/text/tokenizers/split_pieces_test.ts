import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import { splitPieces } from "lib/text/tokenizers/split_pieces.ts";
import { unicodeTexts } from "../unicode_texts.ts";

Deno.test("splitPieces() gives a word the space before it, and leaves it the last of several", () => {
  assertEquals(splitPieces("a  bc 12!?\n\nd "), [
    "a",
    " ",
    " bc",
    " 12",
    "!?",
    "\n",
    "\n",
    "d",
    " ",
  ]);
  assertEquals(splitPieces("we'll don't"), ["we", "'ll", " don", "'t"]);
});

Deno.test("splitPieces() loses nothing of any text, lone surrogates included", () => {
  fc.assert(
    fc.property(fc.oneof(unicodeTexts, fc.string({ unit: "binary" })), (text) => {
      assertEquals(splitPieces(text).join(""), text);
    }),
    { seed: 1, numRuns: 300 },
  );
  assertEquals(splitPieces("\ud83d a").join(""), "\ud83d a");
  assertEquals(splitPieces(""), []);
});

import * as fc from "fast-check";

/** A family (7 code points, 1 grapheme), combining marks, a flag, right-to-left text, controls, a BOM. */
export const hardTexts: readonly string[] = [
  "👨‍👩‍👧‍👦",
  "e\u0301\u0323",
  "🇫🇷👍🏽",
  "שָׁלוֹם مرحبا",
  "a\r\n\tb\u00a0\u2003c",
  "\u0000\u001f\u007f",
  "ﬁ漢字カナ नमस्ते",
  "\ufeff",
  "don't  they'll",
];

/** Arbitrary well-formed Unicode texts, the empty one too. */
export const unicodeTexts: fc.Arbitrary<string> = fc.array(
  fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
    fc.stringMatching(/^[a-d ']*$/),
    fc.constantFrom(...hardTexts),
  ),
  { maxLength: 8 },
).map((parts) => parts.join("").toWellFormed());

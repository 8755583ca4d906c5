import type { Tokenizer } from "lib/text/tokenizers/tokenizer.ts";

/** Where a text may be cut, the best first: after a sentence or a line, after a word. */
const ends = [/[.!?]["')\]]*\s|\n/g, /\s/g];

/** The first ids of a text up to the end of a sentence, or else of a word; all `length` if there is none. */
export function openingWords(
  ids: Int32Array,
  { tokenizer, length }: { tokenizer: Tokenizer; length: number },
): Int32Array {
  const text = tokenizer.decode(ids.subarray(0, length));
  for (const end of ends) {
    const last = [...text.matchAll(end)].at(-1);
    if (last) return tokenizer.encode(text.slice(0, last.index + last[0].length));
  }
  return ids.subarray(0, length);
}

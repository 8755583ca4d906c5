import { byteMerger } from "lib/text/tokenizers/byte_merger.ts";
import { type BytePairs, nameOfBytes } from "lib/text/tokenizers/byte_pairs.ts";
import { joinBytes } from "lib/text/tokenizers/join_bytes.ts";
import { splitPieces } from "lib/text/tokenizers/split_pieces.ts";
import type { Tokenizer } from "lib/text/tokenizers/tokenizer.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

/**
 * The tokenizer of byte pairs: a text's bytes, merged within its pieces (`splitPieces`).
 *
 * Every Unicode text comes back unchanged, as with bytes alone (`byteTokenizer`); no text is too long
 * or too strange. Pieces it has met are remembered, so that prose runs at several megabytes per second.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bytePairTokenizer } from "lib/text/tokenizers/byte_pair_tokenizer.ts";
 * import { trainBytePairs } from "lib/text/tokenizers/train_byte_pairs.ts";
 * const tokenizer = bytePairTokenizer(trainBytePairs("abab abab", { mergeCount: 2 }));
 * assertEquals(tokenizer.vocabulary.size, 258);
 * assertEquals([...tokenizer.encode("ababc")], [257, 99]);
 * ```
 */
export function bytePairTokenizer({ merges, tokenBytes }: BytePairs): Tokenizer {
  const vocabulary = createVocabulary(tokenBytes.map(nameOfBytes));
  const encodePiece = rememberingEncoder(byteMerger(merges));
  return {
    name: `BPE, ${vocabulary.size} tokens`,
    vocabulary,
    encode(text) {
      let ids = new Int32Array(text.length);
      let count = 0;
      for (const piece of splitPieces(text)) {
        const pieceIds = encodePiece(piece);
        if (count + pieceIds.length > ids.length) {
          const larger = new Int32Array(2 * (count + pieceIds.length));
          larger.set(ids.subarray(0, count));
          ids = larger;
        }
        // `set` on a few numbers costs more than the loop.
        for (let place = 0; place < pieceIds.length; place++) ids[count++] = pieceIds[place];
      }
      return ids.slice(0, count);
    },
    decode: (ids) => joinBytes(ids, tokenBytes),
  };
}

/** Pieces to remember at most, and the longest of them, in UTF-16 units: some megabytes in all. */
const REMEMBERED = 65_536;
const LONGEST = 64;

function rememberingEncoder(merge: (bytes: Uint8Array) => Int32Array) {
  const known = new Map<string, Int32Array>();
  const encoder = new TextEncoder();
  return (piece: string): Int32Array => {
    const remembered = known.get(piece);
    if (remembered !== undefined) return remembered;
    const ids = merge(encoder.encode(piece));
    if (known.size < REMEMBERED && piece.length <= LONGEST) known.set(piece, ids.slice());
    return ids;
  };
}

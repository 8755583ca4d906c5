import { byteNames } from "lib/text/tokenizers/byte_names.ts";
import { joinBytes } from "lib/text/tokenizers/join_bytes.ts";
import type { Tokenizer } from "lib/text/tokenizers/tokenizer.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

/**
 * A tokenizer whose tokens are the 256 bytes of UTF-8: the id is the byte.
 *
 * Every Unicode text comes back unchanged. A lone surrogate, which UTF-8 cannot write, becomes U+FFFD,
 * and so do ids that together are no UTF-8.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { byteTokenizer } from "lib/text/tokenizers/byte_tokenizer.ts";
 * const tokenizer = byteTokenizer();
 * assertEquals([...tokenizer.encode("aé")], [97, 195, 169]);
 * assertEquals(tokenizer.decode([97, 195, 169]), "aé");
 * ```
 */
export function byteTokenizer(): Tokenizer {
  const vocabulary = createVocabulary(byteNames);
  const tokenBytes = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  return {
    name: "bytes",
    vocabulary,
    encode: (text) => Int32Array.from(new TextEncoder().encode(text)),
    decode: (ids) => joinBytes(ids, tokenBytes),
  };
}

import { type BytePairs, bytePairs, nameOfBytes } from "lib/text/byte_pairs.ts";

const HEADER = "#version: 0.2";

/**
 * Byte pairs as text: a header, then a merge per line, its two tokens as printable names (`byteNames`).
 *
 * The format of GPT-2's `vocab.bpe` and of the `merges.txt` that other libraries read and write.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { bytePairText, readBytePairs } from "lib/text/byte_pair_file.ts";
 * import { trainBytePairs } from "lib/text/train_byte_pairs.ts";
 * const pairs = trainBytePairs("a b a b a b", { mergeCount: 2 });
 * assertEquals(bytePairText(pairs), "#version: 0.2\nĠ b\nĠ a\n");
 * assertEquals(readBytePairs(bytePairText(pairs)), pairs);
 * ```
 */
export function bytePairText({ merges, tokenBytes }: BytePairs): string {
  const lines = merges.map(({ left, right }) =>
    `${nameOfBytes(tokenBytes[left])} ${nameOfBytes(tokenBytes[right])}`
  );
  return [HEADER, ...lines, ""].join("\n");
}

/**
 * Byte pairs from the text that `bytePairText` writes. A first line that begins with `#version` is left out.
 *
 * @throws {RangeError} naming the line, if it is not two tokens that are there by then
 */
export function readBytePairs(text: string): BytePairs {
  const lines = text.split(/\r?\n/);
  const first = lines[0].startsWith("#version") ? 1 : 0;
  const last = lines.at(-1) === "" ? lines.length - 1 : lines.length;
  const idOf = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++) idOf.set(nameOfBytes(Uint8Array.of(byte)), byte);
  const pairs = lines.slice(first, last).map((line, index) => {
    const names = line.split(" ");
    const [left, right] = names.map((name) => idOf.get(name));
    if (names.length !== 2 || left === undefined || right === undefined) {
      throw new RangeError(
        `Cannot read byte pairs: line ${first + index + 1}, ${JSON.stringify(line)}, is not two ` +
          `tokens that are there by then.`,
      );
    }
    const name = names.join("");
    if (!idOf.has(name)) idOf.set(name, idOf.size);
    return { left, right };
  });
  return bytePairs(pairs);
}

/** Unicode's private use areas: characters that mean what two parties agree on. */
const PRIVATE_AREAS = [[0xe000, 0xf8ff], [0xf0000, 0xffffd]] as const;

/**
 * The first private-use characters, from U+E000 on, that a text does not hold: marks of one's own.
 *
 * @throws {RangeError} if the text leaves fewer than `count`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { unusedCharacters } from "lib/text/unused_characters.ts";
 * assertEquals(unusedCharacters("a\ue000b", 2), ["\ue001", "\ue002"]);
 * ```
 */
export function unusedCharacters(text: string, count: number): string[] {
  const used = new Set(text.match(/\p{Private_Use}/gu));
  const unused: string[] = [];
  for (const [first, last] of PRIVATE_AREAS) {
    for (let code = first; code <= last && unused.length < count; code++) {
      const character = String.fromCodePoint(code);
      if (!used.has(character)) unused.push(character);
    }
  }
  if (unused.length === count) return unused;
  throw new RangeError(
    `Cannot find ${count} characters that the text does not hold: it leaves ${unused.length}.`,
  );
}

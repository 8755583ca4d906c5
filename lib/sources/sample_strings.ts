import type { Random } from "lib/random/random_stream.ts";
import type { StringSource } from "lib/sources/string_source.ts";

/**
 * Strings drawn independently from a string source, each with its last symbol.
 *
 * @param options.startId a token put before each string, so that its first symbol is predicted too. The id of
 * the closing symbol makes a string begin as it does in a stream: after the end of another.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "lib/random/random_stream.ts";
 * import { reber } from "lib/sources/reber.ts";
 * import { sampleStrings } from "lib/sources/sample_strings.ts";
 * const [first] = sampleStrings(reber(), { count: 1, random: randomStream(1, "strings") });
 * assertEquals([first[0], first.at(-1)], [0, 6]); // B ... E
 * ```
 */
export function sampleStrings(
  source: StringSource,
  { count, random, startId }: { count: number; random: Random; startId?: number },
): Int32Array[] {
  return Array.from({ length: count }, () => {
    const string = source.sampleString(random);
    return startId === undefined ? string : Int32Array.from([startId, ...string]);
  });
}

/** All symbols of the strings, one after the other: what n-grams are counted on. */
export function joinStrings(strings: readonly Int32Array[]): Int32Array {
  const joined = new Int32Array(strings.reduce((length, string) => length + string.length, 0));
  let place = 0;
  for (const string of strings) {
    joined.set(string, place);
    place += string.length;
  }
  return joined;
}

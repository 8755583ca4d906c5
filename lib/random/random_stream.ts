import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";

/** A source of uniform numbers in [0, 1). Everything in the library that draws takes one. */
export type Random = () => number;

/**
 * A uniform stream in [0, 1) that depends on nothing but the seed and its name.
 *
 * Streams of different names are independent of one another, so one more draw in one place leaves
 * every other stream alone. The generator is xoroshiro128+ (Blackman and Vigna 2018) from pure-rand,
 * its 128-bit state filled with a hash of seed and name.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { randomStream } from "lib/random/random_stream.ts";
 * const first = randomStream(1, "weights")();
 * assertEquals(randomStream(1, "weights")(), first);
 * ```
 *
 * @throws {RangeError} if the seed is not a safe integer.
 */
export function randomStream(seed: number, name: string): Random {
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`Cannot start a random stream: the seed must be an integer, got ${seed}.`);
  }
  const text = `${seed}\u0000${name}`;
  const generator = xoroshiro128plusFromState([1, 2, 3, 4].map((salt) => hashWord(text, salt)));
  return () => uniformFloat64(generator);
}

/** 32-bit FNV-1a of the text, started at a salt and finished with MurmurHash3's avalanche. */
function hashWord(text: string, salt: number): number {
  let hash = 0x811c9dc5 ^ Math.imul(salt, 0x9e3779b9);
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

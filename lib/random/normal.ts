// @ts-types="@types/d3-random"
import { randomNormal as normalFactory } from "d3-random";
import type { Random } from "lib/random/random_stream.ts";

/**
 * Draws from the standard normal distribution, fed by the given stream (polar method, d3-random).
 *
 * @example
 * ```ts
 * import { randomNormal } from "lib/random/normal.ts";
 * import { randomStream } from "lib/random/random_stream.ts";
 * const draw = randomNormal(randomStream(1, "weights"));
 * const weights = Float32Array.from({ length: 8 }, () => 0.01 * draw());
 * ```
 */
export function randomNormal(random: Random): () => number {
  return normalFactory.source(random)(0, 1);
}

// @ts-types="@types/d3-random"
import { randomGamma } from "d3-random";
import type { Random } from "lib/random/random_stream.ts";

/**
 * A random probability vector from the symmetric Dirichlet distribution.
 *
 * Concentration 1 is uniform over all distributions; below it they lean to few entries, above it they
 * grow even. Drawn as normalised gamma variates.
 *
 * @throws {RangeError} if size is not a whole number of at least 1, or the concentration not above 0.
 */
export function randomDistribution(
  size: number,
  options: { concentration: number; random: Random },
): Float64Array {
  const { concentration, random } = options;
  if (!Number.isInteger(size) || size < 1 || !(concentration > 0)) {
    throw new RangeError(
      `Cannot draw a distribution: size ${size}, concentration ${concentration}.`,
    );
  }
  const gamma = randomGamma.source(random)(concentration);
  const weights = Float64Array.from({ length: size }, gamma);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** A loss in nats as bits: divided by ln 2. */
export function natsToBits(nats: number): number {
  return nats / Math.LN2;
}

/** A loss in bits as nats: times ln 2. */
export function bitsToNats(bits: number): number {
  return bits * Math.LN2;
}

/** exp(loss): the number of equally likely tokens that would cost the same loss per token. */
export function perplexity(lossNats: number): number {
  return Math.exp(lossNats);
}

/**
 * Bits per character of a text from its loss per token: lossNats / ln 2 * tokens / characters.
 *
 * The one unit in which tokenizers compare: bits per token depends on how long a token is.
 *
 * @param lossNats mean loss per token, in nats.
 * @throws {RangeError} unless tokens is at least 0 and characters above 0.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { bitsPerChar } from "lib/text/loss_units.ts";
 * assertAlmostEquals(bitsPerChar(Math.log(8), { tokens: 50, characters: 100 }), 1.5, 1e-12);
 * ```
 */
export function bitsPerChar(
  lossNats: number,
  counts: { tokens: number; characters: number },
): number {
  const { tokens, characters } = counts;
  if (!(tokens >= 0) || !(characters > 0)) {
    throw new RangeError(
      `Cannot give bits per character: ${tokens} tokens over ${characters} characters.`,
    );
  }
  return natsToBits(lossNats) * (tokens / characters);
}

import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { bitsPerChar, bitsToNats, natsToBits, perplexity } from "lib/text/loss_units.ts";

Deno.test("natsToBits() and bitsToNats() are inverse: ln 8 nats are 3 bits", () => {
  assertAlmostEquals(natsToBits(Math.log(8)), 3, 1e-15);
  assertAlmostEquals(bitsToNats(3), Math.log(8), 1e-15);
});

Deno.test("perplexity() of ln 28 nats is 28, of no loss 1", () => {
  assertAlmostEquals(perplexity(Math.log(28)), 28, 1e-12);
  assertEquals(perplexity(0), 1);
});

Deno.test("bitsPerChar() spreads the tokens' loss over the characters", () => {
  assertAlmostEquals(bitsPerChar(Math.log(256), { tokens: 25, characters: 100 }), 2, 1e-15);
  assertThrows(
    () => bitsPerChar(1, { tokens: 1, characters: 0 }),
    RangeError,
    "1 tokens over 0 characters",
  );
});

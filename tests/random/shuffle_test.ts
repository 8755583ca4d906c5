import { assertAlmostEquals, assertEquals } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { shuffle } from "lib/random/shuffle.ts";

Deno.test("shuffle() follows a rigged generator: 0 rotates by one, just under 1 changes nothing", () => {
  assertEquals(shuffle([1, 2, 3, 4], () => 0), [2, 3, 4, 1]);
  assertEquals(shuffle([1, 2, 3, 4], () => 1 - 2 ** -53), [1, 2, 3, 4]);
});

Deno.test("shuffle() leaves its argument alone and gives each of 6 orders one time in six", () => {
  const values = [1, 2, 3];
  const random = randomStream(2, "shuffle");
  const counts = new Map<string, number>();
  for (let i = 0; i < 60_000; i++) {
    const order = shuffle(values, random).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assertEquals(values, [1, 2, 3]);
  assertEquals(counts.size, 6);
  for (const count of counts.values()) assertAlmostEquals(count / 60_000, 1 / 6, 0.006);
});

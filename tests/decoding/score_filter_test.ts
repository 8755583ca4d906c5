import { assertEquals } from "@std/assert";
import { maskScores } from "lib/decoding/score_filter.ts";

Deno.test("maskScores() gives minus infinity to what is not kept, in a new array", () => {
  const scores = Float64Array.of(-1, -2, -3);
  assertEquals([...maskScores(scores, (score, id) => score > -3 && id > 0)], [
    -Infinity,
    -2,
    -Infinity,
  ]);
  assertEquals([...scores], [-1, -2, -3]);
});

import { assertEquals } from "@std/assert";
import { transformerMultiplyAdds } from "lib/probes/cost/transformer_work.ts";

Deno.test("transformerMultiplyAdds() counts projections, scores, mixing and output, three times", () => {
  const config = { embeddingSize: 4, blockCount: 2, contextLength: 8 };
  const joint = 4 * 12, projection = 4 * 4, feed = 2 * 4 * 16, attention = 2 * 8 * 4;
  const forward = 2 * (joint + projection + feed + attention) + 10 * 4;
  assertEquals(transformerMultiplyAdds(config, 10), 3 * forward);
});

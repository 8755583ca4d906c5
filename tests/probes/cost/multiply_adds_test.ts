import { assertEquals } from "@std/assert";
import { multiplyAdds, transformerMultiplyAdds } from "lib/probes/cost/multiply_adds.ts";

Deno.test("multiplyAdds() counts the products of an LSTM with 10 units over 30 tokens by hand", () => {
  const sizes = { inputSize: 30, hiddenSize: 10, outputSize: 30, biasesPerGate: 1 } as const;
  assertEquals(multiplyAdds({ cell: "lstm", layerCount: 1, ...sizes }), {
    cells: 400,
    output: 300,
    training: 2100,
    outputShare: 300 / 700,
  });
  // The second layer also multiplies the outputs of the first.
  assertEquals(multiplyAdds({ cell: "gru", layerCount: 2, ...sizes }).cells, 900);
});

Deno.test("transformerMultiplyAdds() counts projections, scores, mixing and output, three times", () => {
  const config = { embeddingSize: 4, blockCount: 2, contextLength: 8 };
  const joint = 4 * 12, projection = 4 * 4, feed = 2 * 4 * 16, attention = 2 * 8 * 4;
  const forward = 2 * (joint + projection + feed + attention) + 10 * 4;
  assertEquals(transformerMultiplyAdds(config, 10), 3 * forward);
});

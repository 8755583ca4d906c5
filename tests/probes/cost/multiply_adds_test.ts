import { assertEquals } from "@std/assert";
import { multiplyAdds } from "lib/probes/cost/multiply_adds.ts";

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

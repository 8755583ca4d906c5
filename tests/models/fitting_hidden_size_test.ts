import { assert, assertEquals, assertThrows } from "@std/assert";
import { parameterCount } from "lib/kernels/network_config.ts";
import { fittingHiddenSize } from "lib/models/fitting_hidden_size.ts";

const sizes = { inputSize: 28, outputSize: 28, layerCount: 1, biasesPerGate: 1 } as const;

Deno.test("fittingHiddenSize() finds 32 units for exactly their parameters and 31 for one fewer", () => {
  for (const [cell, count] of [["rnn-tanh", 2876], ["gru", 6780], ["lstm", 8732]] as const) {
    assertEquals(fittingHiddenSize({ cell, ...sizes, parameterCount: count }), 32);
    assertEquals(fittingHiddenSize({ cell, ...sizes, parameterCount: count - 1 }), 31);
  }
});

Deno.test("fittingHiddenSize() keeps to the bound and could not be one larger, at any size", () => {
  for (const most of [200, 5000, 123_456, 10_000_000]) {
    const config = { cell: "gru", ...sizes, layerCount: 2 } as const;
    const hiddenSize = most === 200 ? 1 : fittingHiddenSize({ ...config, parameterCount: most });
    assert(most === 200 || parameterCount({ ...config, hiddenSize }) <= most);
    assert(parameterCount({ ...config, hiddenSize: hiddenSize + 1 }) > most);
  }
});

Deno.test("fittingHiddenSize() says how much a single unit takes", () => {
  assertThrows(
    () => fittingHiddenSize({ cell: "rnn-tanh", ...sizes, parameterCount: 85 }),
    RangeError,
    "takes 86",
  );
});

import { assertEquals, assertThrows } from "@std/assert";
import { layOut } from "lib/kernels/fused/network_layout.ts";
import { readStored, storedParameters, writeStored } from "lib/kernels/fused/parameter_storage.ts";
import { Plan } from "lib/kernels/fused/plan_layout.ts";
import { hashedParameters, relativeDifference } from "../hashed_network.ts";

const config = {
  ...{ cell: "gru", inputSize: 5, hiddenSize: 3, layerCount: 2, outputSize: 11 } as const,
  biasesPerGate: 2 as const,
};
const layout = layOut(
  { config, timeSteps: 1, batchSize: 1 },
  { threads: 1, keepStateGradients: false, inputGradients: false },
);

Deno.test("storedParameters() gives each element a word of its own within the parameters", () => {
  for (const tokens of [true, false]) {
    const words = storedParameters(config, layout, tokens).flatMap(({ words }) => [...words]);
    assertEquals(new Set(words).size, words.length);
    assertEquals(
      words.every((word) => word >= 0 && word < layout.words.get(Plan.ParameterWords)!),
      true,
    );
  }
});

Deno.test("storedParameters() puts the GRU's candidate first among the input gates only", () => {
  const stored = storedParameters(config, layout, true);
  const first = (name: string) => stored.find((parameter) => parameter.name === name)!.words;
  const bias = first("layer0/bias"), recurrentBias = first("layer0/recurrentBias");
  assertEquals(bias[6] - bias[0], -8);
  assertEquals(recurrentBias[6] - recurrentBias[0], 16);
  // A row of panels: the next row of the same eight columns lies eight words on.
  const output = first("output/weights");
  assertEquals([output[1] - output[0], output[11] - output[0], output[8] - output[0]], [1, 8, 24]);
});

Deno.test("readStored() gives back what writeStored() wrote, and leaves the rest alone", () => {
  const stored = storedParameters(config, layout, true);
  const arena = new Float32Array(layout.words.get(Plan.ParameterWords)!);
  const parameters = hashedParameters(config, 0.5);
  writeStored(stored, arena, parameters);
  writeStored(stored, arena, { "output/bias": parameters["output/bias"] });
  assertEquals(relativeDifference(readStored(stored, arena), parameters), 0);
  assertThrows(() => writeStored(stored, arena, { nothing: [] }), RangeError, "no nothing");
  assertThrows(() => writeStored(stored, arena, { "output/bias": [1] }), RangeError, "11 elements");
});

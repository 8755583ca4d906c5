import { assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";
import { chooseEngine, type EngineChoice } from "lib/training/engines/choose_engine.ts";
import { smallModel } from "../../models/small_model.ts";

async function describe(change: Partial<TrainableModel>, engine: EngineChoice): Promise<string> {
  await useBackend("wasm");
  const model = recurrentLanguageModel({
    vocabulary: lettersTokenizer().vocabulary,
    cell: "gru",
    hiddenSize: 4,
    random: randomStream(1, "initial weights"),
  });
  const sizes = { timeSteps: 2, batchSize: 1 };
  const chosen = await chooseEngine({ ...model, ...change }, { ...sizes, engine });
  chosen.dispose();
  model.dispose();
  return chosen.description;
}

Deno.test("chooseEngine() takes the fused kernels for recurrent models and says so", async () => {
  assertMatch(await describe({}, "auto"), /^Fused WebAssembly kernels, 1 thread/);
  assertMatch(await describe({}, "fused"), /^Fused WebAssembly kernels/);
});

Deno.test("chooseEngine() takes tfjs when asked, and for what the kernels do not know", async () => {
  assertEquals(await describe({}, "tfjs"), "tfjs wasm");
  assertEquals(await describe({ fusible: false }, "auto"), "tfjs wasm");
});

Deno.test("chooseEngine() refuses settings that make no sense with the same words, and a rate set later", async () => {
  await useBackend("wasm");
  const model = smallModel("gru");
  const sizes = { timeSteps: 6, batchSize: 3 };
  const optimizer = { kind: "sgd", learningRate: 0.1 } as const;
  const cases: [object, string][] = [
    [
      { optimizer: { ...optimizer, learningRate: NaN } },
      "the learning rate must be positive, got NaN.",
    ],
    [
      { optimizer: { ...optimizer, momentum: -1 } },
      "momentum must be at least 0 and below 1, got -1.",
    ],
    [{ optimizer, maxGradientNorm: NaN }, "maxGradientNorm must be above 0, got NaN."],
    [{ optimizer, dropout: NaN }, "dropout must be at least 0 and below 1, got NaN."],
    [{ optimizer, dropoutSeed: 0.5 }, "dropoutSeed must be a 32-bit integer, got 0.5."],
  ];
  for (const engine of ["tfjs", "fused"] as const) {
    for (const [settings, message] of cases) {
      const made = () => chooseEngine(model, { ...sizes, ...settings, engine });
      await assertRejects(made, RangeError, `Cannot train: ${message}`);
    }
    const running = await chooseEngine(model, { ...sizes, optimizer, engine });
    assertThrows(() => running.setLearningRate(NaN), RangeError, "must be positive, got NaN.");
    running.dispose();
  }
  model.dispose();
});

import { assertEquals, assertMatch } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";
import { chooseEngine, type EngineChoice } from "lib/training/engines/choose_engine.ts";

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

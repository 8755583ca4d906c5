import { assertEquals } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { gradientCheck } from "lib/probes/gradients/gradient_check.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

const vocabulary = createVocabulary(["a", "b", "c"]);
const random = randomStream(1, "ids");
const ids = Int32Array.from({ length: 20 }, () => Math.floor(random() * 3));
const window = streamWindows(ids, { batchSize: 2, unrollLength: 7 }).window(0);

Deno.test("gradientCheck() finds backpropagation and differences the same, in every cell", async () => {
  await useBackend("wasm");
  for (const cell of ["rnn-tanh", "gru", "lstm"] as const) {
    const model = recurrentLanguageModel({
      vocabulary,
      cell,
      hiddenSize: 4,
      random: randomStream(1, cell),
    });
    const check = gradientCheck(model, window);
    assertEquals(check.parameters, model.parameterCount);
    assertEquals(check.relativeError < 1e-8, true);
    assertEquals(check.worstEntry < 1e-8, true);
    model.dispose();
  }
});

Deno.test("gradientCheck() sees the error of the differences grow with the square of their step", async () => {
  await useBackend("wasm");
  const model = recurrentLanguageModel({
    vocabulary,
    cell: "gru",
    hiddenSize: 4,
    random: randomStream(1, "gru"),
  });
  const [coarse, fine] = [0.04, 0.02].map((step) =>
    gradientCheck(model, window, { step }).relativeError
  );
  assertEquals(Math.abs(coarse / fine - 4) < 0.2, true);
  model.dispose();
});

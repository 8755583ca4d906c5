import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { stepContributions } from "lib/probes/gradients/step_contributions.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

const vocabulary = createVocabulary(["a", "b", "c", "d"]);
const random = randomStream(1, "ids");
const ids = Int32Array.from({ length: 25 }, () => Math.floor(random() * 4));
const window = streamWindows(ids, { batchSize: 3, unrollLength: 6 }).window(0);

Deno.test("stepContributions() add up to the shared gradient, in every cell", async () => {
  await useBackend("wasm");
  for (const cell of ["rnn-tanh", "gru", "lstm"] as const) {
    const model = recurrentLanguageModel({
      vocabulary,
      cell,
      hiddenSize: 5,
      random: randomStream(2, cell),
    });
    const before = tf.memory().numTensors;
    const { contributions, relativeError } = stepContributions(model, window);
    assertEquals(tf.memory().numTensors, before);
    assertEquals(contributions.length, 6 * 7 / 2);
    assertEquals(relativeError < 1e-5, true);
    // The state before the first token is zero: the recurrent matrix does nothing there.
    assertEquals(
      contributions.filter(({ weightStep }) => weightStep === 0).every(({ norm }) => norm === 0),
      true,
    );
    assertEquals(
      contributions.filter(({ weightStep }) => weightStep > 0).every(({ norm }) => norm > 0),
      true,
    );
    model.dispose();
  }
});

Deno.test("stepContributions() without recurrence come from the loss's own time step alone", async () => {
  await useBackend("wasm");
  const model = recurrentLanguageModel({
    vocabulary,
    cell: "rnn-tanh",
    hiddenSize: 5,
    random: randomStream(2, "rnn"),
  });
  model.parameters["layer0/recurrentWeights"].assign(tf.zeros([5, 5]));
  const { contributions } = stepContributions(model, window);
  for (const { lossStep, weightStep, norm } of contributions) {
    if (weightStep < lossStep) assertEquals(norm, 0);
    else if (weightStep > 0) assertEquals(norm > 0, true);
  }
  assertAlmostEquals(contributions[0].norm, 0);
  model.dispose();
});

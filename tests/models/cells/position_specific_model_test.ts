import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { positionSpecificModel } from "lib/models/cells/position_specific_model.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { stepwiseTokenLosses } from "lib/models/token_losses.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { sequenceWindows } from "lib/text/windows/sequence_windows.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { train } from "lib/training/train.ts";

const vocabulary = createVocabulary(["a", "b", "c"]);
const options = (seed: number) => (
  { vocabulary, cell: "gru", hiddenSize: 5, random: randomStream(seed, "weights") } as const
);
const ids = Int32Array.of(0, 1, 2, 1, 0);

Deno.test("positionSpecificModel() has so many times the parameters", async () => {
  await useBackend("wasm");
  const shared = recurrentLanguageModel(options(1));
  const untied = positionSpecificModel({ ...options(1), positions: 4 });
  assertEquals(untied.parameterCount, 4 * shared.parameterCount);
  assertEquals(Object.keys(untied.parameters).length, 4 * Object.keys(shared.parameters).length);
  untied.dispose();
  shared.dispose();
});

Deno.test("positionSpecificModel() like a shared network predicts as it does, stepwise and whole", async () => {
  await useBackend("wasm");
  const shared = recurrentLanguageModel(options(2));
  const untied = positionSpecificModel({ ...options(3), positions: 4, likeShared: shared });
  const expected = await shared.tokenLosses(ids);
  const whole = await untied.tokenLosses(ids);
  const stepwise = await stepwiseTokenLosses(untied, ids);
  for (let place = 0; place < 4; place++) {
    assertAlmostEquals(whole[place], expected[place], 1e-5);
    assertAlmostEquals(stepwise[place], expected[place], 1e-5);
  }
  untied.dispose();
  shared.dispose();
});

Deno.test("positionSpecificModel() has nothing to say past its last position", async () => {
  await useBackend("wasm");
  const model = positionSpecificModel({ ...options(1), positions: 2 });
  const start = model.initialTensorState(1);
  const window = { inputIds: Int32Array.of(0, 1, 2), timeSteps: 3, batchSize: 1 };
  assertThrows(() => model.forward(window, start), RangeError, "no weights past 2");
  await assertRejects(
    async () => await stepwiseTokenLosses(model, ids),
    RangeError,
    "Cannot read 3",
  );
  await assertRejects(async () => await model.tokenLosses(ids), RangeError, "Cannot read 4");
  tf.dispose(start.map(({ hiddenState }) => hiddenState));
  model.dispose();
});

Deno.test("positionSpecificModel() learns one position without the others noticing", async () => {
  await useBackend("wasm");
  const model = positionSpecificModel({ ...options(1), positions: 3 });
  const before = model.parameters["position2/output/weights"].dataSync().slice();
  const first = model.parameters["position0/output/weights"].dataSync().slice();
  const schedule = sequenceWindows([Int32Array.of(0, 1, 2), Int32Array.of(1, 2, 0)], {
    batchSize: 2,
    padId: 0,
  });
  const training = { optimizer: { kind: "sgd", learningRate: 0.5 }, trainingSteps: 3 } as const;
  for await (const { engine } of train(model, schedule, training)) {
    assertEquals(engine, "tfjs wasm");
  }
  assertEquals(model.parameters["position2/output/weights"].dataSync(), before);
  assertEquals(model.parameters["position0/output/weights"].dataSync()[0] === first[0], false);
  model.dispose();
});

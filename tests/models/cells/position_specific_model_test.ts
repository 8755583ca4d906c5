import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import {
  positionSpecificModel,
  tensorStep,
  tensorTokenLosses,
} from "lib/models/cells/position_specific_model.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { stepwiseTokenLosses } from "lib/models/token_losses.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { sequenceWindows } from "lib/text/windows/sequence_windows.ts";
import { train } from "lib/training/train.ts";
import { assertClose } from "../../kernels/assert_close.ts";
import { scalarNetwork } from "../../kernels/scalar_network.ts";
import { cellKinds, randomIds, smallModel } from "../small_model.ts";

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

await useBackend("wasm");

for (const cell of cellKinds) {
  Deno.test(`tensorStep() of ${cell} is a step of plain numbers, leaves the given state alone and leaks nothing`, async () => {
    const model = smallModel(cell, { layerCount: 2, biasesPerGate: 2 });
    const before = tf.memory().numTensors;
    const numbers = (from: number) =>
      Float32Array.from({ length: 20 }, (_, i) => Math.sin(from + i));
    const hiddenState = numbers(0);
    const cellState = cell === "lstm" ? numbers(50) : undefined;
    const state = { batchSize: 2, hiddenState, ...(cellState && { cellState }) };
    const given = structuredClone(state);
    const step = await tensorStep(model, state, [3, 6]);
    const again = await tensorStep(model, state, [3, 6]);
    assertEquals(state, given);
    assertEquals(again, step);
    assertEquals(tf.memory().numTensors, before);
    const parameters = Object.fromEntries(
      Object.entries(model.parameters).map(([name, value]) => [name, value.dataSync()]),
    );
    const scalar = scalarNetwork({
      config: model.config,
      parameters,
      timeSteps: 1,
      inputIds: [3, 6],
      targetIds: [0, 0],
      ...state,
    });
    assertClose(step.logits, scalar.logits, { relative: 1e-5 });
    assertClose(step.state.hiddenState, scalar.hiddenState, { relative: 1e-5 });
    if (cellState) assertClose(step.state.cellState!, scalar.cellState, { relative: 1e-5 });
    model.dispose();
  });

  Deno.test(`tensorTokenLosses() of ${cell} is what stepping gives, across the windows' seams, and leaks nothing`, async () => {
    // Larger weights let the relu RNN grow without bound over 300 steps.
    const model = smallModel(cell, { layerCount: 2, standardDeviation: 0.3 });
    const before = tf.memory().numTensors;
    for (const length of [2, 128, 129, 130, 300]) {
      const ids = randomIds(length);
      const losses = await tensorTokenLosses(model, ids);
      if (length > 2 && length < 300) continue; // stepping is slow: both seams lie within 300
      assertClose(losses, await stepwiseTokenLosses(model, ids), { relative: 1e-5 });
    }
    assertEquals(tf.memory().numTensors, before);
    model.dispose();
  });
}

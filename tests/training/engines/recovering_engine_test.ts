import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import type { CellKind } from "lib/kernels/network_config.ts";
import { DeviceFailure } from "lib/kernels/webgpu/device_failure.ts";
import { currentDevice } from "lib/kernels/webgpu/device_plan.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import type { Checkpoint } from "lib/training/checkpoint.ts";
import { recoveringEngine } from "lib/training/engines/recovering_engine.ts";
import { train } from "lib/training/train.ts";
import { assertClose } from "../../kernels/assert_close.ts";
import { testOnWebgpu } from "../../kernels/webgpu/on_webgpu.ts";

const vocabulary = createVocabulary([..."abcdefg"]);
const draw = randomStream(1, "ids");
const ids = Int32Array.from(
  { length: 600 },
  (_, i) => i % 3 ? (i * i) % 7 : Math.floor(draw() * 7),
);
const schedule = streamWindows(ids, { batchSize: 3, unrollLength: 5 });
const options = {
  optimizer: { kind: "adam", learningRate: 0.01 },
  maxGradientNorm: 1,
  trainingSteps: 60,
  validation: schedule,
  evaluateEvery: 45,
} as const;

const newModel = (cell: CellKind, layerCount = 1) =>
  recurrentLanguageModel({
    ...{ vocabulary, cell, hiddenSize: 9, layerCount, biasesPerGate: layerCount > 1 ? 2 : 1 },
    random: randomStream(2, "weights"),
  });

/** Trains on the current backend; calls `disturb` at its step. Losses, engines and the checkpoint. */
async function run(cell: CellKind, disturb?: { step: number; how: () => void }, layers = 1) {
  const model = newModel(cell, layers);
  const losses: number[] = [], engines = new Set<string>();
  let checkpoint: Checkpoint | undefined;
  const onCheckpoint = (taken: Checkpoint) => void (checkpoint = taken);
  for await (const record of train(model, schedule, { ...options, onCheckpoint })) {
    losses.push(record.lossNats, ...(record.validationLossNats ? [record.validationLossNats] : []));
    engines.add(record.engine);
    if (record.trainingStep === disturb?.step) disturb.how();
  }
  const values = Object.values(model.parameters).map(async (
    variable,
  ) => [...await variable.data()]);
  const parameters = (await Promise.all(values)).flat();
  model.dispose();
  return { losses, engines: [...engines], checkpoint: checkpoint!, parameters };
}

const undisturbed = async (cell: CellKind) => {
  await useBackend("wasm");
  const expected = await run(cell);
  await useBackend("webgpu");
  return expected;
};

testOnWebgpu("recoveringEngine() trains as the WASM kernels do, and says on what", async () => {
  const expected = await undisturbed("gru");
  const found = await run("gru");
  assertClose(found.losses, expected.losses, { relative: 1e-4 });
  assertClose(found.parameters, expected.parameters, { relative: 1e-3, ofLargest: 1e-4 });
  assertEquals(found.engines.length, 1);
  assertStringIncludes(found.engines[0], "tfjs webgpu on ");
  assertStringIncludes(found.engines[0], "recurrent layers fused");
});

testOnWebgpu(
  "recoveringEngine() trains two layers of two biases, more arrays than a program may read",
  async () => {
    await useBackend("wasm");
    const expected = await run("lstm", undefined, 2);
    await useBackend("webgpu");
    const found = await run("lstm", undefined, 2);
    assertClose(found.losses, expected.losses, { relative: 1e-4 });
    assertEquals(found.engines.length, 1);
  },
);

for (const step of [4, 49, 57]) {
  testOnWebgpu(
    `recoveringEngine() goes on with WASM when the device is lost at step ${step} of 60: every loss, parameter and moment as undisturbed`,
    async () => {
      const expected = await undisturbed("lstm");
      const found = await run("lstm", { step, how: () => currentDevice().destroy() });
      assertEquals(tf.getBackend(), "wasm");
      assertClose(found.losses, expected.losses, { relative: 1e-4 });
      assertClose(found.parameters, expected.parameters, { relative: 1e-3, ofLargest: 1e-4 });
      for (const [name, { values }] of Object.entries(expected.checkpoint.arrays)) {
        const what = found.checkpoint.arrays[name].values;
        assertClose(what, values, { relative: 1e-3, ofLargest: 1e-3, what: name });
      }
      assertEquals(found.engines.length, 2);
      assertStringIncludes(
        found.engines[1],
        ", in place of WebGPU: The GPU device was lost, with all tensors on it: ",
      );
    },
  );
}

testOnWebgpu(
  "recoveringEngine() keeps the model when the device is lost just before training is left",
  async () => {
    const model = newModel("rnn-tanh");
    for await (const _ of train(model, schedule, { ...options, validation: undefined })) {
      currentDevice().destroy();
      break;
    }
    const values = await Promise.all(Object.values(model.parameters).map((each) => each.data()));
    assert(values.every((array) => array.every(Number.isFinite)));
    assertEquals(tf.getBackend(), "wasm");
    model.dispose();
  },
);

testOnWebgpu(
  "recoveringEngine() goes on with WASM when the GPU is out of memory, and names that",
  async () => {
    const usage = GPUBufferUsage.STORAGE;
    const exhaust = () => void currentDevice().createBuffer({ size: 2 ** 44, usage });
    const { engines } = await run("rnn-tanh", { step: 3, how: exhaust });
    assertStringIncludes(
      engines[1],
      "in place of WebGPU: The GPU ran out of memory; try a smaller batch",
    );
  },
);

testOnWebgpu("recoveringEngine() throws a DeviceFailure where nothing was kept yet", async () => {
  const model = newModel("gru");
  const device = currentDevice();
  // Moves the parameters to the device, which takes them with it.
  tf.tidy(() => Object.values(model.parameters).forEach((variable) => tf.square(variable)));
  device.destroy();
  const engine = recoveringEngine(model, { ...options, timeSteps: 5, batchSize: 3 });
  await assertRejects(
    async () => await engine.trainStep(schedule.window(0)),
    DeviceFailure,
    "lost",
  );
  engine.dispose();
});

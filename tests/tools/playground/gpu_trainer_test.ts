import { assert, assertAlmostEquals, assertStringIncludes } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { startGpuTrainer, startTensorTrainer } from "tools/playground/gpu_trainer.ts";
import { startTrainingSession } from "tools/playground/training_session.ts";
import type { StartTrainer } from "tools/playground/trainer.ts";
import { testOnWebgpu } from "../../kernels/webgpu/on_webgpu.ts";

const text = "The cat sat on the mat. The dog sat on the log. ".repeat(60);
const cells = ["rnn-tanh", "gru", "lstm"] as const;

/** Losses of the first updates, and what computed them. */
async function run(cell: typeof cells[number], startTrainer?: StartTrainer) {
  const settings = { text, cell, hiddenSize: 16, learningRate: 0.01, seed: 1 };
  const session = await startTrainingSession(settings, { startTrainer });
  const { records } = await session.advance((updates) => updates >= 4);
  const { engine } = session.start;
  session.dispose();
  return {
    engine,
    losses: records.flatMap(({ lossNats, validationLossNats: held }) => [lossNats, held ?? 0]),
  };
}

async function assertSameLosses(startTrainer: StartTrainer): Promise<string> {
  let engine = "";
  for (const cell of cells) {
    const [kernels, tensors] = [await run(cell), await run(cell, startTrainer)];
    assert(kernels.losses.length === 8 && kernels.losses[6] < kernels.losses[0]);
    kernels.losses.forEach((loss, at) => assertAlmostEquals(tensors.losses[at], loss, 1e-4, cell));
    engine = tensors.engine;
  }
  return engine;
}

Deno.test("startTensorTrainer() trains to the losses of the session's own kernels", async () => {
  await useBackend("cpu");
  const tensors = tf.memory().numTensors;
  assertStringIncludes(await assertSameLosses(startTensorTrainer), "tfjs cpu");
  assert(tf.memory().numTensors === tensors, "no tensor is left");
});

testOnWebgpu("startGpuTrainer() trains to the losses of the session's own kernels", async () => {
  assertStringIncludes(await assertSameLosses(startGpuTrainer), "recurrent layers fused");
});

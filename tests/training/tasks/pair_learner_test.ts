import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { encoderDecoder } from "lib/models/encoder_decoder.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { reversalTask } from "lib/sources/reversal_task.ts";
import { pairLearner, pairLoss } from "lib/training/tasks/pair_learner.ts";
import { caseNetwork, encoderDecoderCases } from "../../models/encoder_decoder_cases.ts";

await useBackend("wasm");
const sgd = { kind: "sgd", learningRate: 0.1 } as const;

Deno.test("pairLearner() takes the step of SGD along PyTorch's gradient", async () => {
  for (const one of encoderDecoderCases) {
    const network = caseNetwork(one);
    const learner = pairLearner(network, { optimizer: sgd });
    const { loss, gradientNorm } = await learner.trainStep(one.batch);
    assertAlmostEquals(loss, one.loss, 1e-5);
    const squares = Object.values(one.gradients).flat().reduce((sum, g) => sum + g * g, 0);
    assertAlmostEquals(gradientNorm, Math.sqrt(squares), 1e-5);
    for (const [name, variable] of Object.entries(network.parameters)) {
      variable.dataSync().forEach((value, at) =>
        assertAlmostEquals(value, one.parameters[name][at] - 0.1 * one.gradients[name][at], 1e-5)
      );
    }
    learner.dispose();
    network.dispose();
  }
});

Deno.test("pairLearner().setLearningRate() counts from the next step on", async () => {
  const [one] = encoderDecoderCases;
  const network = caseNetwork(one);
  const learner = pairLearner(network, { optimizer: sgd });
  learner.setLearningRate(0.2);
  await learner.trainStep(one.batch);
  const bias = network.parameters["output/bias"].dataSync();
  bias.forEach((value, at) => {
    const slope = one.gradients["output/bias"][at];
    assertAlmostEquals(value, one.parameters["output/bias"][at] - 0.2 * slope, 1e-5);
  });
  learner.dispose();
  network.dispose();
});

Deno.test("pairLearner() clips by the global norm", async () => {
  const [, one] = encoderDecoderCases;
  const network = caseNetwork(one);
  const learner = pairLearner(network, { optimizer: sgd, maxGradientNorm: 0.01 });
  await learner.trainStep(one.batch);
  const moved = Object.entries(network.parameters).flatMap(([name, variable]) =>
    [...variable.dataSync()].map((value, at) => value - one.parameters[name][at])
  );
  assertAlmostEquals(Math.hypot(...moved), 0.1 * 0.01, 2e-6);
  learner.dispose();
  network.dispose();
});

Deno.test("pairLoss() leaves out what the mask leaves out", () => {
  const [one] = encoderDecoderCases;
  const network = caseNetwork(one);
  const { targetIds, targetMask } = one.batch;
  const other = targetIds.map((id, at) => targetMask[at] ? id : (id + 1) % 7);
  const lossOf = (ids: Int32Array) =>
    tf.tidy(() => pairLoss(network, { ...one.batch, targetIds: ids }).dataSync()[0]);
  assertEquals(lossOf(other), lossOf(targetIds));
  network.dispose();
});

Deno.test("pairLearner() learns to reverse three letters, and leaks no tensor", async () => {
  const task = reversalTask({ length: 3, letters: "abcd" });
  const network = encoderDecoder({
    ...{ vocabularySize: 6, hiddenSize: 12, view: "scaled dot product" },
    random: randomStream(1, "weights"),
  });
  const learner = pairLearner(network, { optimizer: { kind: "adam", learningRate: 0.02 } });
  const random = randomStream(1, "strings");
  const losses: number[] = [];
  const before = tf.memory().numTensors;
  for (let step = 0; step < 80; step++) {
    losses.push((await learner.trainStep(task.batch(16, random))).loss);
  }
  assertEquals(tf.memory().numTensors, before);
  assert(losses[0] > 1.2 && losses.at(-1)! < 0.2, `${losses[0]} to ${losses.at(-1)}`);
  learner.dispose();
  network.dispose();
});

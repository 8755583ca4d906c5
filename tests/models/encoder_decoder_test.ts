import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { disposeFusedSequences } from "lib/kernels/fused/fused_sequence.ts";
import { encoderDecoder } from "lib/models/encoder_decoder.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { pairLoss } from "lib/training/tasks/pair_learner.ts";
import { caseNetwork, encoderDecoderCases } from "./encoder_decoder_cases.ts";
import { relativeError } from "./transformer_cases.ts";

for (const backend of ["cpu", "wasm"] as const) {
  for (const one of encoderDecoderCases) {
    Deno.test(`encoderDecoder() gives PyTorch's logits, weights and every gradient, ${one.view}, ${backend}`, async () => {
      await useBackend(backend);
      const network = caseNetwork(one);
      const variables = Object.values(network.parameters);
      const before = tf.memory().numTensors;
      const { logits, weights } = tf.tidy(() => {
        const scores = network.scores(one.batch);
        return { logits: scores.logits.dataSync(), weights: scores.weights?.dataSync() ?? [] };
      }) as unknown as { logits: Float32Array; weights: Float32Array };
      // Beyond a target's end the scores mean nothing, but PyTorch computes them too.
      assert(relativeError(logits, one.logits) < 1e-5);
      assertEquals(weights.length, one.weights.length);
      one.weights.forEach((weight, at) => assertAlmostEquals(weights[at], weight, 1e-6));
      const { value, grads } = tf.variableGrads(() => pairLoss(network, one.batch), variables);
      assertAlmostEquals(value.dataSync()[0], one.loss, 1e-5);
      assertEquals(Object.keys(network.parameters), Object.keys(one.parameters));
      for (const [name, variable] of Object.entries(network.parameters)) {
        const error = relativeError(grads[variable.name].dataSync(), one.gradients[name]);
        assert(error < 1e-4, `${name}: relative error ${error}`);
      }
      tf.dispose([value, grads]);
      assertEquals(tf.memory().numTensors, before);
      network.dispose();
      disposeFusedSequences();
    });
  }
}

const [fixed, additive, dotProduct] = encoderDecoderCases;

Deno.test("encoderDecoder() gives the gradient that finite differences have", async () => {
  await useBackend("cpu");
  for (const one of [fixed, additive, dotProduct]) {
    const network = caseNetwork(one);
    for (const [name, variable] of Object.entries(network.parameters)) {
      const values = Float32Array.from(one.parameters[name]);
      const at = values.length >> 1;
      const lossAt = (shift: number) => {
        const moved = values.slice();
        moved[at] += shift;
        tf.tidy(() => variable.assign(tf.tensor(moved, variable.shape)));
        return tf.tidy(() => pairLoss(network, one.batch).dataSync()[0]);
      };
      const slope = (lossAt(0.02) - lossAt(-0.02)) / 0.04;
      lossAt(0);
      assertAlmostEquals(slope, one.gradients[name][at], 1e-3, name);
    }
    network.dispose();
  }
});

Deno.test("encoderDecoder(): what stands behind a source's end changes nothing, to the bit", async () => {
  await useBackend("wasm");
  for (const one of [fixed, additive, dotProduct]) {
    const network = caseNetwork(one);
    const { sourceIds, sourceMask } = one.batch;
    const other = sourceIds.map((id, at) => sourceMask[at] ? id : (id + 3) % one.vocabularySize);
    const logitsOf = (ids: Int32Array) =>
      tf.tidy(() => network.scores({ ...one.batch, sourceIds: ids }).logits.dataSync().slice());
    assertEquals(logitsOf(other), logitsOf(sourceIds));
    assert(other.some((id, at) => id !== sourceIds[at]));
    network.dispose();
  }
});

Deno.test("encoderDecoder(): rows of attention sum to 1 and are exactly 0 behind a source's end", async () => {
  await useBackend("wasm");
  for (const one of [additive, dotProduct]) {
    const network = caseNetwork(one);
    const { batchSize, sourceSteps, targetSteps, sourceMask } = one.batch;
    const weights = tf.tidy(() => network.scores(one.batch).weights!.dataSync().slice());
    for (let target = 0; target < targetSteps; target++) {
      for (let row = 0; row < batchSize; row++) {
        let sum = 0;
        for (let time = 0; time < sourceSteps; time++) {
          const weight = weights[(target * sourceSteps + time) * batchSize + row];
          if (sourceMask[time * batchSize + row] === 0) assertEquals(weight, 0);
          sum += weight;
        }
        assertAlmostEquals(sum, 1, 1e-6);
      }
    }
    network.dispose();
  }
});

Deno.test("encoderDecoder().write() is greedy: teacher forcing on what it wrote has it as likeliest", async () => {
  await useBackend("wasm");
  for (const one of [fixed, additive, dotProduct]) {
    const network = caseNetwork(one);
    const { batchSize, sourceSteps } = one.batch;
    const before = tf.memory().numTensors;
    const { ids, weights } = await network.write(one.batch, { startId: 3, steps: 6 });
    assertEquals(tf.memory().numTensors, before);
    const inputIds = new Int32Array(ids.length).fill(3, 0, batchSize);
    inputIds.set(ids.subarray(0, 5 * batchSize), batchSize);
    const forced = { ...one.batch, targetSteps: 6, inputIds, targetIds: ids };
    const { likeliest, looks } = tf.tidy(() => {
      const scores = network.scores(forced);
      const likeliest = tf.argMax(scores.logits, 1).dataSync().slice();
      return { likeliest, looks: scores.weights?.dataSync().slice() ?? new Float32Array(0) };
    }) as unknown as { likeliest: Int32Array; looks: Float32Array };
    assertEquals([...likeliest], [...ids]);
    assertEquals(weights.length, one === fixed ? 0 : 6 * sourceSteps * batchSize);
    weights.forEach((weight, at) => assertAlmostEquals(weight, looks[at], 1e-6));
    network.dispose();
  }
});

Deno.test("encoderDecoder().write() refuses a start that is no token, and no number of steps", async () => {
  await useBackend("wasm");
  const network = caseNetwork(fixed);
  const refused = (startId: number, steps: number, message: string) =>
    assertRejects(() => network.write(fixed.batch, { startId, steps }), RangeError, message);
  for (const id of [7, -1, 1.5, NaN]) await refused(id, 2, `an id below 7, got ${id}.`);
  for (const steps of [-1, 1.5, NaN]) await refused(3, steps, `number >= 0, got ${steps}.`);
  network.dispose();
});

Deno.test("encoderDecoder(): the views differ in the attention's parameters alone; zero weights give ln V", () => {
  const make = (view: typeof fixed.view) =>
    encoderDecoder({ vocabularySize: 7, hiddenSize: 5, view, random: randomStream(1, "weights") });
  const networks = [make("fixed vector"), make("additive"), make("scaled dot product")];
  const gru = 3 * 5 * (7 + 5 + 1);
  const counts = networks.map(({ parameterCount }) => parameterCount);
  const shared = 2 * gru + 10 * 7 + 7;
  assertEquals(counts, [shared, shared + 2 * 25 + 5, shared + 2 * 25]);
  for (const network of networks) {
    for (const own of Object.values(network.parameters)) {
      tf.tidy(() => own.assign(tf.zerosLike(own)));
    }
    const loss = tf.tidy(() => pairLoss(network, fixed.batch).dataSync()[0]);
    assertAlmostEquals(loss, Math.log(7), 1e-6);
    network.dispose();
  }
});

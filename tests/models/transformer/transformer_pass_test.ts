import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { transformerLogits } from "lib/models/transformer/transformer_pass.ts";
import { crossEntropy } from "lib/training/engines/cross_entropy.ts";
import {
  caseTensors,
  relativeError,
  type TransformerCase,
  transformerCases,
} from "../transformer_cases.ts";

const inputOf = (one: TransformerCase) => ({
  inputIds: Int32Array.from(one.inputIds),
  timeSteps: one.timeSteps,
  batchSize: one.batchSize,
  seesFuture: one.seesFuture,
});

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`transformerLogits() gives PyTorch's logits and every gradient on ${backend}`, async () => {
    await useBackend(backend);
    for (const one of transformerCases) {
      const tensors = caseTensors(one);
      const logits = tf.tidy(() => transformerLogits(tensors, one.config, inputOf(one)));
      assert(relativeError(await logits.data(), one.logits) < 1e-5);
      const names = Object.keys(tensors);
      const loss = (...values: tf.Tensor[]) => {
        const named = Object.fromEntries(names.map((name, at) => [name, values[at]]));
        const scores = transformerLogits(named, one.config, inputOf(one));
        return tf.mean(crossEntropy(scores, Int32Array.from(one.targetIds))) as tf.Scalar;
      };
      const { value, grads } = tf.valueAndGrads(loss)(Object.values(tensors));
      assert(Math.abs((await value.data())[0] - one.loss) < 1e-5);
      for (const [at, name] of names.entries()) {
        const error = relativeError(await grads[at].data(), one.gradients[name]);
        // A key's bias moves all scores of a query alike: its gradient is exactly 0 for PyTorch, rounding for us.
        assert(error < 1e-4, `${name}: relative error ${error}`);
      }
      tf.dispose([logits, tensors, value, grads]);
    }
  });
}

Deno.test("transformerLogits() of a causal model: changing the future changes nothing, to the bit", async () => {
  await useBackend("wasm");
  const one = transformerCases[0];
  const tensors = caseTensors(one);
  const logitsOf = (ids: Int32Array) =>
    tf.tidy(() => transformerLogits(tensors, one.config, { ...inputOf(one), inputIds: ids }))
      .data();
  const before = await logitsOf(Int32Array.from(one.inputIds));
  for (let time = 1; time < one.timeSteps; time++) {
    const changed = Int32Array.from(
      one.inputIds,
      (id, at) => at >= time * one.batchSize ? (id + 1) % one.config.vocabularySize : id,
    );
    const after = await logitsOf(changed);
    const past = time * one.batchSize * one.config.vocabularySize;
    assertEquals(after.slice(0, past), before.slice(0, past));
    assert(after.slice(past).every((value, at) => value !== before[past + at]));
  }
  tf.dispose(tensors);
});

Deno.test("transformerLogits() that sees both sides changes everywhere with its last token", async () => {
  await useBackend("wasm");
  const one = transformerCases[2];
  const tensors = caseTensors(one);
  const ids = Int32Array.from(one.inputIds);
  const before = await tf.tidy(() => transformerLogits(tensors, one.config, inputOf(one))).data();
  ids.fill((ids.at(-1)! + 1) % one.config.vocabularySize, -1);
  const input = { ...inputOf(one), inputIds: ids };
  const after = await tf.tidy(() => transformerLogits(tensors, one.config, input)).data();
  const { batchSize, config: { vocabularySize } } = one;
  const changes = Array.from(before, (value, at) => value !== after[at]);
  const rowOf = (at: number) => Math.floor(at / vocabularySize) % batchSize;
  assert(changes.every((changed, at) => changed === (rowOf(at) === batchSize - 1)));
  tf.dispose(tensors);
});

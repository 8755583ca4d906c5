import { assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { StoppedError, withStopRequests } from "lib/training/stop_request.ts";
import { trainNewModel } from "lib/training/train_new_model.ts";

Deno.test("trainNewModel() learns an alternation, the same for the same seed", async () => {
  await useBackend("wasm");
  const ids = Int32Array.from({ length: 400 }, (_, place) => place % 2);
  const learn = (seed: number) =>
    trainNewModel({
      vocabulary: createVocabulary(["a", "b"]),
      cell: "rnn-tanh",
      hiddenSize: 4,
      seed,
      schedule: streamWindows(ids, { batchSize: 2, unrollLength: 8 }),
      training: { optimizer: { kind: "adam", learningRate: 0.05 }, trainingSteps: 60 },
    });
  const [first, again, other] = [await learn(1), await learn(1), await learn(2)];
  assertEquals(first.records.length, 60);
  assertEquals(first.records.at(-1)!.lossNats < 0.05, true);
  assertEquals(again.records.at(-1)!.lossNats, first.records.at(-1)!.lossNats);
  assertEquals(other.records.at(-1)!.lossNats === first.records.at(-1)!.lossNats, false);
  for (const { model } of [first, again, other]) model.dispose();
});

Deno.test("trainNewModel() asked to stop throws, and leaves no half-trained model", async () => {
  await useBackend("wasm");
  const tensors = tf.memory().numTensors;
  let updates = 0;
  const run = () =>
    trainNewModel({
      ...{ vocabulary: createVocabulary(["a", "b"]), cell: "rnn-tanh", hiddenSize: 4, seed: 1 },
      schedule: streamWindows(Int32Array.of(0, 1, 0, 1, 0), { batchSize: 1, unrollLength: 2 }),
      training: { optimizer: { kind: "adam", learningRate: 0.05 }, trainingSteps: 60 },
    });
  await assertRejects(() => withStopRequests(() => ++updates === 3, run), StoppedError);
  assertEquals([updates, tf.memory().numTensors], [3, tensors]);
});

import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { causalTransformer } from "lib/models/transformer/causal_transformer.ts";
import { gaussian, orthogonal } from "lib/models/initialisers.ts";
import { attentionRnn } from "lib/models/cells/attention_rnn.ts";
import { vanillaRnn } from "lib/models/cells/recurrent_cell.ts";
import {
  attentionInputGradient,
  cellInputGradient,
  transformerInputGradient,
} from "lib/probes/gradients/input_gradient.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { lettersVocabulary } from "../../models/small_model.ts";

const ids = Int32Array.of(0, 1, 2, 1, 0, 2);

Deno.test("cellInputGradient() of a nearly linear RNN fades as its orthogonal matrix says", async () => {
  await tf.setBackend("cpu");
  const cell = vanillaRnn({
    activation: "tanh",
    inputSize: 3,
    hiddenSize: 3,
    inputInitialiser: orthogonal(0.001), // small input: slope 1; orthogonal: norms are kept
    recurrentInitialiser: orthogonal(0.5),
    random: randomStream(1, "w"),
  });
  const records = cellInputGradient(cell, ids, [1, 0, 0]);
  assertEquals(records.length, 6);
  records.forEach(({ distance, log10Norm }) =>
    assertAlmostEquals(log10Norm, Math.log10(0.001) + distance * Math.log10(0.5), 1e-4)
  );
  cell.dispose();
});

Deno.test("attentionInputGradient() reaches far inputs where the encoder's own path is cut", async () => {
  await tf.setBackend("cpu");
  const random = randomStream(1, "w");
  const encoder = vanillaRnn({
    activation: "tanh",
    inputSize: 3,
    hiddenSize: 3,
    inputInitialiser: gaussian(0.5),
    recurrentInitialiser: gaussian(0), // no recurrence: only attention is left
    random,
  });
  const network = attentionRnn({ encoder, outputSize: 2, score: "scaled dot product", random });
  const records = attentionInputGradient(network, ids, [1, -1]);
  records.slice(1).forEach(({ log10Norm }) => assertEquals(log10Norm > -4, true));
  assertEquals(cellInputGradient(encoder, ids, [1, 0, 0])[3].log10Norm, -Infinity);
  network.dispose();
});

Deno.test("transformerInputGradient() agrees with finite differences of a position vector", async () => {
  await tf.setBackend("cpu");
  const model = causalTransformer({
    vocabulary: lettersVocabulary(3),
    embeddingSize: 4,
    blockCount: 1,
    headCount: 2,
    contextLength: 6,
    deviation: 0.3,
    random: randomStream(1, "w"),
  });
  const direction = [1, 0, 0];
  const records = transformerInputGradient(model, ids, direction);
  const positions = model.parameters["positions/weights"];
  const start = positions.dataSync().slice();
  const output = (place: number, by: number) => {
    const moved = start.slice();
    moved[place] += by;
    positions.assign(tf.tensor(moved, positions.shape));
    const window = { inputIds: ids, timeSteps: 6, batchSize: 1 };
    return tf.tidy(() => model.forward(window, []).logits.dataSync()[5 * 3]);
  };
  const h = 0.01;
  let sum = 0;
  for (let i = 0; i < 4; i++) {
    const place = 2 * 4 + i; // the third token: distance 3
    sum += ((output(place, h) - output(place, -h)) / (2 * h)) ** 2;
  }
  assertAlmostEquals(10 ** records[3].log10Norm / Math.sqrt(sum), 1, 0.01);
  model.dispose();
});

Deno.test("transformerInputGradient() refuses a text beyond the context", () => {
  const model = causalTransformer({
    vocabulary: lettersVocabulary(3),
    embeddingSize: 4,
    blockCount: 1,
    headCount: 1,
    contextLength: 5,
    random: randomStream(1, "w"),
  });
  assertThrows(() => transformerInputGradient(model, ids, [1, 0, 0]), RangeError, "6 tokens");
  model.dispose();
});

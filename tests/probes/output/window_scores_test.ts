import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { attentionRnn } from "lib/models/cells/attention_rnn.ts";
import { encoderDecoder } from "lib/models/encoder_decoder.ts";
import { fullSoftmax } from "lib/models/output/full_softmax.ts";
import { gru } from "lib/models/cells/recurrent_cell.ts";
import { glorot, orthogonal } from "lib/models/initialisers.ts";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import {
  scoresOfAnswers,
  scoresOfStates,
  scoresOfSteps,
  scoresOfTargets,
} from "lib/probes/output/window_scores.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

await useBackend("cpu");
const encoder = () =>
  gru({
    ...{ inputSize: 3, hiddenSize: 4, random: randomStream(1, "weights") },
    ...{ inputInitialiser: glorot(), recurrentInitialiser: orthogonal() },
  });
const window = { inputIds: Int32Array.of(0, 1, 2, 0, 1, 2), timeSteps: 3, batchSize: 2 };

Deno.test("scoresOfStates() of a layer of zeros is -ln V for each token of each position", async () => {
  const before = tf.memory().numTensors;
  const layer = fullSoftmax({ vocabularySize: 3, hiddenSize: 4 });
  const model = scoresOfStates("GRU", { cell: encoder(), layer });
  const scores = await model.scores(window);
  assertEquals(model.name, "GRU, full softmax");
  assertEquals(scores.length, 3 * 2 * 3);
  for (const score of Array.from(scores)) assertAlmostEquals(score, -Math.log(3), 1e-12);
  model.dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("scoresOfAnswers() at a time step are the answer to what was read until then", async () => {
  const network = attentionRnn({
    ...{ encoder: encoder(), outputSize: 5, score: "additive" },
    random: randomStream(2, "attention"),
  });
  const model = scoresOfAnswers("attention", network);
  const all = Array.from(await model.scores(window));
  const short = { inputIds: window.inputIds.subarray(0, 4), timeSteps: 2, batchSize: 2 };
  assertEquals(all.length, 3 * 2 * 5);
  assertEquals(all.slice(0, 2 * 2 * 5), Array.from(await model.scores(short)));
  model.dispose();
});

Deno.test("scoresOfTargets() takes the window as source and target", async () => {
  const random = randomStream(3, "weights");
  const network = encoderDecoder({
    ...{ vocabularySize: 3, hiddenSize: 4 },
    view: "additive",
    random,
  });
  const before = tf.memory().numTensors;
  const model = scoresOfTargets("encoder-decoder", network);
  assertEquals((await model.scores(window)).length, 3 * 2 * 3);
  assertEquals(tf.memory().numTensors, before);
  model.dispose();
});

Deno.test("scoresOfSteps() carries the state: an n-gram's rows are its conditionals", async () => {
  const vocabulary = createVocabulary([..."abc"]);
  const model = ngramModel(Int32Array.of(0, 1, 2, 0, 1, 0), { vocabulary, order: 3 });
  const rows = await scoresOfSteps(model, window);
  let state = model.initialState(2);
  for (let time = 0; time < 3; time++) {
    const step = model.step(state, window.inputIds.subarray(2 * time, 2 * time + 2));
    assertEquals(rows[time], step.logits);
    state = step.state;
  }
});

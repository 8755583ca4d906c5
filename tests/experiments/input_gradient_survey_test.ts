import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { inputGradients, pathLengths } from "lib/experiments/input_gradient_survey.ts";
import { lettersVocabulary, randomIds } from "../models/small_model.ts";

Deno.test("inputGradients() puts every network relative to its last input, attention far above the RNN", async () => {
  await tf.setBackend("cpu");
  const before = tf.memory().numTensors;
  const survey = await inputGradients({
    vocabulary: lettersVocabulary(7),
    ids: randomIds(60),
    hiddenSize: 8,
    seed: 1,
  });
  assertEquals(Object.keys(survey), Object.keys(pathLengths));
  for (const records of Object.values(survey)) assertEquals(records[0].log10Norm, 0);
  assert(survey["dot-product attention"][59].log10Norm > survey.RNN[59].log10Norm + 2);
  assert(survey["causal transformer"][59].log10Norm > survey.RNN[59].log10Norm + 2);
  assertEquals(tf.memory().numTensors, before);
});

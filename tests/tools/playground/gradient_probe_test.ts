import { assertAlmostEquals, assertEquals } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { cellKinds, type NetworkConfig, parameterShapes } from "lib/kernels/network_config.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { lossGradientByDistance } from "lib/probes/gradients/gradient_by_distance.ts";
import { microscope } from "lib/experiments/microscope.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { lettersVocabulary } from "../../models/small_model.ts";
import { gradientProbe } from "tools/playground/gradient_probe.ts";

const config: NetworkConfig = {
  cell: "rnn-tanh",
  ...{ inputSize: 3, hiddenSize: 1, layerCount: 1, outputSize: 3, biasesPerGate: 1 },
};

Deno.test("gradientProbe() finds the closed form of one unit: w(1 - h²) from step to step", () => {
  const random = randomStream(1, "weights");
  const parameters = Object.fromEntries(
    parameterShapes(config).map(({ name, shape }) => [
      name,
      Array.from({ length: shape.reduce((a, b) => a * b) }, () => random() - 0.5),
    ]),
  );
  const ids = Int32Array.of(0, 1, 2, 1, 0, 2);
  const measured = gradientProbe(ids, { config, unrollLength: 5 })(parameters, 0);

  const [w] = parameters["layer0/recurrentWeights"];
  const states = [0];
  for (const id of ids.subarray(0, 5)) {
    const input = parameters["layer0/inputWeights"][id] + parameters["layer0/bias"][0];
    states.push(Math.tanh(input + w * states.at(-1)!));
  }
  const outputs = parameters["output/weights"];
  const logits = outputs.map((v, k) => v * states[5] + parameters["output/bias"][k]);
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  let gradient = logits.reduce(
    (sum, logit, k) => sum + outputs[k] * (Math.exp(logit) / total - (k === ids[5] ? 1 : 0)),
    0,
  );
  assertEquals(measured.map(({ distance }) => distance), [0, 1, 2, 3, 4]);
  for (const { distance, log10Norm } of measured) {
    assertAlmostEquals(log10Norm, Math.log10(Math.abs(gradient)), 1e-9);
    gradient *= w * (1 - states[5 - distance] ** 2);
  }
});

await useBackend("wasm");

Deno.test("gradientProbe() draws question 3's curve of every cell: an LSTM's with its cell state", () => {
  const random = randomStream(5, "text");
  const ids = Int32Array.from({ length: 400 }, () => Math.floor(7 * random()));
  const unrollLength = 399;
  for (const cell of cellKinds) {
    const vocabulary = lettersVocabulary(7);
    const model = recurrentLanguageModel({
      ...{ vocabulary, cell, hiddenSize: 9 },
      random: randomStream(2, "initial weights"),
    });
    const parameters = Object.fromEntries(
      Object.entries(model.parameters).map(([name, variable]) => [name, variable.dataSync()]),
    );
    const measured = gradientProbe(ids, { config: model.config, unrollLength })(parameters, 3);
    const { gradient } = microscope(model, ids, { distance: unrollLength });
    const hidden = lossGradientByDistance(model, ids, { part: "hidden" });
    model.dispose();
    assertEquals(measured, gradient.slice(0, unrollLength), cell);
    const isHiddenAlone = measured.every((one, at) => one.log10Norm === hidden[at].log10Norm);
    assertEquals(isHiddenAlone, cell !== "lstm", cell);
  }
});

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { type NetworkConfig, parameterShapes } from "lib/kernels/network_config.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { startGradientProbe } from "tools/playground/gradient_probe.ts";

const config: NetworkConfig = {
  cell: "rnn-tanh",
  ...{ inputSize: 3, hiddenSize: 1, layerCount: 1, outputSize: 3, biasesPerGate: 1 },
};

Deno.test("startGradientProbe() finds the closed form of one unit: w(1 - h²) from step to step", async () => {
  const random = randomStream(1, "weights");
  const parameters = Object.fromEntries(
    parameterShapes(config).map(({ name, shape }) => [
      name,
      Array.from({ length: shape.reduce((a, b) => a * b) }, () => random() - 0.5),
    ]),
  );
  const ids = Int32Array.of(0, 1, 2, 1, 0, 2);
  const probe = await startGradientProbe(ids, { config, unrollLength: 5 });
  const measured = probe.measure(parameters, 0);
  probe.dispose();

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
    assertAlmostEquals(log10Norm, Math.log10(Math.abs(gradient)), 1e-4);
    gradient *= w * (1 - states[5 - distance] ** 2);
  }
});

import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { CellKind } from "lib/kernels/network_config.ts";
import { createReferenceNetwork } from "lib/kernels/reference/reference_network.ts";
import { hashed, hashedParameters, hashedState, hashedWindow } from "../hashed_network.ts";

const KINDS: CellKind[] = ["rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru", "lstm"];

for (const cell of KINDS) {
  Deno.test(`createReferenceNetwork(): ${cell}'s gradients equal finite differences`, () => {
    const config = {
      ...{ cell, inputSize: 3, hiddenSize: 3, layerCount: 2, outputSize: 2 },
      biasesPerGate: 2 as const,
    };
    const network = createReferenceNetwork({
      ...{ config, timeSteps: 3, batchSize: 2, inputs: "values", loss: "squared-error" },
    });
    const parameters = hashedParameters(config, 0.5);
    const window = {
      ...hashedWindow(config, { timeSteps: 3, batchSize: 2, masked: true }),
      inputValues: hashed(18, 7, 1),
      targetValues: hashed(12, 8, 1),
      initialState: hashedState(config, 2),
    };
    network.setParameters(parameters);
    network.computeGradients(window);
    const gradients = network.gradients();
    for (const [name, gradient] of Object.entries(gradients)) {
      gradient.forEach((value, i) => {
        const lossAt = (shift: number) => {
          const moved = Float64Array.from(parameters[name]);
          moved[i] += shift;
          network.setParameters({ ...parameters, [name]: moved });
          return network.evaluate(window).loss;
        };
        assertAlmostEquals(value, (lossAt(1e-5) - lossAt(-1e-5)) / 2e-5, 1e-9);
      });
    }
    network.setParameters(parameters);
    network.computeGradients(window);
    const { hiddenState } = network.stateGradients().initialState;
    hiddenState.forEach((value, i) => {
      const lossAt = (shift: number) => {
        const moved = Float64Array.from(window.initialState.hiddenState);
        moved[i] += shift;
        return network.evaluate({
          ...window,
          initialState: { ...window.initialState, hiddenState: moved },
        }).loss;
      };
      assertAlmostEquals(value, (lossAt(1e-5) - lossAt(-1e-5)) / 2e-5, 1e-9);
    });
  });
}

Deno.test("createReferenceNetwork(): truncated at every step, only the last step's path is left", () => {
  const config = {
    ...{ cell: "rnn-tanh", inputSize: 2, hiddenSize: 2, layerCount: 1, outputSize: 2 } as const,
    biasesPerGate: 1 as const,
  };
  const network = createReferenceNetwork({
    config,
    timeSteps: 3,
    batchSize: 1,
    truncationLength: 1,
  });
  network.setParameters(hashedParameters(config, 0.5));
  const window = hashedWindow(config, { timeSteps: 3, batchSize: 1 });
  network.computeGradients({ ...window, mask: Float32Array.of(0, 0, 1) });
  const { hiddenStates } = network.stateGradients();
  assertEquals([...hiddenStates.slice(0, 4)], [0, 0, 0, 0]);
});

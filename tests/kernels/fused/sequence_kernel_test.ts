import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { SequenceKernel } from "lib/kernels/fused/sequence_kernel.ts";
import { createReferenceNetwork } from "lib/kernels/reference/reference_network.ts";
import { hashed, hashedParameters, hashedState, relativeDifference } from "../hashed_network.ts";

Deno.test("SequenceKernel gives the hidden states and gradients of one layer", () => {
  const config = {
    ...{ cell: "lstm", inputSize: 3, hiddenSize: 5, layerCount: 1, outputSize: 1 } as const,
    biasesPerGate: 2 as const,
  };
  const [timeSteps, batchSize] = [4, 2];
  const parameters = hashedParameters(config, 0.5);
  const inputs = hashed(timeSteps * batchSize * 3, 70, 1);
  const initialState = hashedState(config, batchSize);
  const weights = Object.fromEntries(
    Object.entries(parameters).filter(([name]) => name.startsWith("layer0/"))
      .map(([name, values]) => [name.slice(7), values]),
  );
  const kernel = new SequenceKernel({
    ...{ kind: "lstm", timeSteps, batchSize, inputSize: 3, hiddenSize: 5, biasesPerGate: 2 },
  });
  const { hiddenStates, finalState } = kernel.forward({ weights, inputs, initialState });
  // Squared error against one output: its gradient with respect to the states is known.
  const network = createReferenceNetwork({
    ...{ config, timeSteps, batchSize, inputs: "values", loss: "squared-error" },
  });
  network.setParameters(parameters);
  const targetValues = new Float32Array(timeSteps * batchSize);
  const window = { timeSteps, batchSize, inputValues: inputs, targetValues, initialState };
  const { outputs } = network.evaluate(window, { outputs: true });
  const output = parameters["output/weights"], bias = parameters["output/bias"][0];
  const dHidden = new Float32Array(hiddenStates.length);
  for (let row = 0; row < timeSteps * batchSize; row++) {
    let sum = bias;
    for (let i = 0; i < 5; i++) sum += hiddenStates[row * 5 + i] * output[i];
    assertAlmostEquals(sum, outputs![row], 1e-6);
    for (let i = 0; i < 5; i++) dHidden[row * 5 + i] = 2 * sum / 8 * output[i];
  }
  assert(
    relativeDifference({ a: finalState.cellState! }, { a: network.finalState().cellState! }) < 1e-6,
  );
  network.computeGradients(window);
  const gradients = kernel.backward(dHidden, undefined);
  assertEquals(gradients.inputs.length, inputs.length);
  for (const [name, values] of Object.entries(gradients.weights)) {
    assert(relativeDifference({ a: values }, { a: network.gradients()[`layer0/${name}`] }) < 1e-5);
  }
  const expected = network.stateGradients().initialState;
  assert(
    relativeDifference({ a: gradients.initialState.cellState! }, { a: expected.cellState! }) < 1e-5,
  );
});

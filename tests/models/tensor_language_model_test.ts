import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { tensorStep, tensorTokenLosses } from "lib/models/tensor_language_model.ts";
import { stepwiseTokenLosses } from "lib/models/token_losses.ts";
import { assertClose } from "../kernels/assert_close.ts";
import { scalarNetwork } from "../kernels/scalar_network.ts";
import { cellKinds, randomIds, smallModel } from "./small_model.ts";

await useBackend("wasm");

for (const cell of cellKinds) {
  Deno.test(`tensorStep() of ${cell} is a step of plain numbers, leaves the given state alone and leaks nothing`, async () => {
    const model = smallModel(cell, { layerCount: 2, biasesPerGate: 2 });
    const before = tf.memory().numTensors;
    const numbers = (from: number) =>
      Float32Array.from({ length: 20 }, (_, i) => Math.sin(from + i));
    const hiddenState = numbers(0);
    const cellState = cell === "lstm" ? numbers(50) : undefined;
    const state = { batchSize: 2, hiddenState, ...(cellState && { cellState }) };
    const given = structuredClone(state);
    const step = await tensorStep(model, state, [3, 6]);
    const again = await tensorStep(model, state, [3, 6]);
    assertEquals(state, given);
    assertEquals(again, step);
    assertEquals(tf.memory().numTensors, before);
    const parameters = Object.fromEntries(
      Object.entries(model.parameters).map(([name, value]) => [name, value.dataSync()]),
    );
    const scalar = scalarNetwork({
      config: model.config,
      parameters,
      timeSteps: 1,
      inputIds: [3, 6],
      targetIds: [0, 0],
      ...state,
    });
    assertClose(step.logits, scalar.logits, { relative: 1e-5 });
    assertClose(step.state.hiddenState, scalar.hiddenState, { relative: 1e-5 });
    if (cellState) assertClose(step.state.cellState!, scalar.cellState, { relative: 1e-5 });
    model.dispose();
  });

  Deno.test(`tensorTokenLosses() of ${cell} is what stepping gives, across the windows' seams, and leaks nothing`, async () => {
    // Larger weights let the relu RNN grow without bound over 300 steps.
    const model = smallModel(cell, { layerCount: 2, standardDeviation: 0.3 });
    const before = tf.memory().numTensors;
    for (const length of [2, 128, 129, 130, 300]) {
      const ids = randomIds(length);
      const losses = await tensorTokenLosses(model, ids);
      if (length > 2 && length < 300) continue; // stepping is slow: both seams lie within 300
      assertClose(losses, await stepwiseTokenLosses(model, ids), { relative: 1e-5 });
    }
    assertEquals(tf.memory().numTensors, before);
    model.dispose();
  });
}

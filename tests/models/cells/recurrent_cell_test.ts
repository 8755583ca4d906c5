import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { gateCount } from "lib/kernels/network_config.ts";
import { recurrentCell } from "lib/models/cells/recurrent_cell.ts";
import type { Initialiser } from "lib/models/initialisers.ts";
import { assertClose } from "../../kernels/assert_close.ts";
import { scalarStep } from "../../kernels/scalar_network.ts";
import { cellKinds } from "../small_model.ts";

await useBackend("wasm");
const never = () => 0;

/** Fills each block it is asked for with one number more than the last. */
function counting(): Initialiser {
  let block = 0;
  return (rows, columns) => new Float32Array(rows * columns).fill(++block);
}

const options = {
  inputSize: 2,
  hiddenSize: 2,
  inputInitialiser: counting(),
  recurrentInitialiser: counting(),
  random: never,
};

Deno.test("recurrentCell() draws each gate on its own and puts its block where the gate is", () => {
  const cell = recurrentCell("gru", { ...options, gateBias: { gate: 1, value: 7 } });
  const { "layer0/inputWeights": weights, "layer0/bias": bias } = cell.parameters;
  assertEquals([...weights.dataSync()], [1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3]);
  assertEquals([...bias.dataSync()], [0, 0, 7, 7, 0, 0]);
  cell.dispose();
});

Deno.test("recurrentCell() names its parameters after the layer, a second bias per gate at 0", () => {
  const cell = recurrentCell("lstm", { ...options, biasesPerGate: 2, layerName: "layer3" });
  assertEquals(Object.entries(cell.parameters).map(([name, { shape }]) => [name, shape]), [
    ["layer3/inputWeights", [2, 8]],
    ["layer3/recurrentWeights", [2, 8]],
    ["layer3/bias", [8]],
    ["layer3/recurrentBias", [8]],
  ]);
  assertEquals([...cell.parameters["layer3/recurrentBias"].dataSync()], new Array(8).fill(0));
  cell.dispose();
});

for (const kind of cellKinds) {
  Deno.test(`recurrentCell() of ${kind} starts at zeros, steps as the equations say, and leaks nothing`, () => {
    const before = tf.memory().numTensors;
    let drawn = 0;
    const initialiser: Initialiser = (rows, columns) =>
      Float32Array.from({ length: rows * columns }, () => Math.sin(++drawn));
    const cell = recurrentCell(kind, {
      ...options,
      hiddenSize: 3,
      inputInitialiser: initialiser,
      recurrentInitialiser: initialiser,
      biasesPerGate: 2,
    });
    const width = 3 * gateCount(kind);
    const bias = Float32Array.from({ length: width }, (_, place) => Math.cos(place));
    tf.tidy(() => cell.parameters["layer0/recurrentBias"].assign(tf.tensor1d(bias)));
    const weights = {
      W: cell.parameters["layer0/inputWeights"].dataSync(),
      U: cell.parameters["layer0/recurrentWeights"].dataSync(),
      b: new Float32Array(width),
      bU: bias,
    };
    tf.tidy(() => {
      const start = cell.initialState(1);
      assertEquals([...start[0].hiddenState.dataSync()], [0, 0, 0]);
      assertEquals(start[0].cellState?.shape, kind === "lstm" ? [1, 3] : undefined);
      const inputs = [[0.5, -1], [2, 0.25]];
      let expected = { h: [0, 0, 0], c: [0, 0, 0] };
      let state = start;
      for (const x of inputs) {
        expected = scalarStep(kind, weights, { x, ...expected });
        const next = cell.step(state, tf.tensor2d([x]));
        assertClose(next.output.dataSync(), expected.h, { relative: 1e-5 });
        assertEquals(next.output.dataSync(), next.state[0].hiddenState.dataSync());
        state = next.state;
      }
      const { outputs, state: last } = cell.sequence(start, tf.tensor3d(inputs.flat(), [2, 1, 2]));
      assertClose(outputs.dataSync().slice(3), expected.h, { relative: 1e-5 });
      if (kind === "lstm") {
        assertClose(last[0].cellState!.dataSync(), expected.c, { relative: 1e-5 });
      }
    });
    cell.dispose();
    assertEquals(tf.memory().numTensors, before);
  });
}

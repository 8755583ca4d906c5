import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { gateCount } from "lib/kernels/network_config.ts";
import { gru, irnn, lstm, recurrentCell, vanillaRnn } from "lib/models/cells/recurrent_cell.ts";
import {
  gaussian,
  identity,
  type Initialiser,
  orthogonal,
  zeros,
} from "lib/models/initialisers.ts";
import { randomStream } from "lib/random/random_stream.ts";
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

await useBackend("wasm");
const random = randomStream(1, "initial weights");

Deno.test("vanillaRnn() is phi(x W + h U + b) with the activation it is given", () => {
  const expected = { tanh: Math.tanh(-0.7), relu: 0, sigmoid: 1 / (1 + Math.exp(0.7)) };
  for (const activation of ["tanh", "relu", "sigmoid"] as const) {
    tf.tidy(() => {
      const options = { inputSize: 1, hiddenSize: 1, random, activation };
      const one = identity(1);
      const cell = vanillaRnn({ ...options, inputInitialiser: one, recurrentInitialiser: one });
      const state = [{ hiddenState: tf.tensor2d([[0.5]]) }];
      const { output } = cell.step(state, tf.tensor2d([[-1.2]]));
      assertAlmostEquals(output.dataSync()[0], expected[activation], 1e-6);
      cell.dispose();
    });
  }
});

Deno.test("vanillaRnn() that is linear, U = g x orthogonal, has ||d h_T / d h_0|| = g^T at T = 100", () => {
  // relu is linear on positive states: a large input keeps every unit positive.
  for (const [gain, norm] of [[0.95, 5.9205e-3], [1, 1], [1.05, 131.5]]) {
    tf.tidy(() => {
      const cell = vanillaRnn({
        inputSize: 1,
        hiddenSize: 4,
        activation: "relu",
        inputInitialiser: zeros(),
        recurrentInitialiser: orthogonal(gain),
        random,
      });
      cell.parameters["layer0/bias"].assign(tf.fill([4], 1e3));
      const direction = tf.tensor2d([[0.5, -0.5, 0.5, 0.5]]);
      const steps = 100;
      // The bias that keeps h at 1e3 under any U: b = h - h U.
      const fixed = tf.fill([1, 4], 1e3) as tf.Tensor2D;
      const product = tf.matMul(fixed, cell.parameters["layer0/recurrentWeights"] as tf.Tensor2D);
      cell.parameters["layer0/bias"].assign(tf.reshape(tf.sub(fixed, product), [4]));
      const end = (h: tf.Tensor) =>
        tf.sum(tf.mul(
          cell.sequence([{ hiddenState: h as tf.Tensor2D }], tf.zeros([steps, 1, 1])).state[0]
            .hiddenState,
          direction,
        )) as tf.Scalar;
      const gradient = tf.grad(end)(fixed);
      assertAlmostEquals(tf.norm(gradient).dataSync()[0], norm, 1e-3 * norm);
      cell.dispose();
    });
  }
});

Deno.test("irnn() starts as a copier: what it reads adds up in its positive units", async () => {
  await tf.setBackend("cpu");
  const cell = irnn({
    inputSize: 2,
    hiddenSize: 3,
    inputDeviation: 1,
    random: randomStream(1, "i"),
  });
  const weights = cell.parameters["layer0/inputWeights"].dataSync();
  const outputs = tf.tidy(() => {
    const inputs = tf.tensor3d([1, 0, 1, 0, 1, 0], [3, 1, 2]);
    return cell.sequence(cell.initialState(1), inputs).outputs.dataSync();
  });
  for (let j = 0; j < 3; j++) {
    assertAlmostEquals(outputs[6 + j], 3 * Math.max(0, weights[j]), 1e-6);
  }
  assertEquals([...cell.parameters["layer0/recurrentWeights"].dataSync()], [
    1,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    1,
  ]);
  cell.dispose();
});

await useBackend("wasm");

function smallGru(biases: number[]) {
  const cell = gru({
    inputSize: 2,
    hiddenSize: 2,
    inputInitialiser: gaussian(0.5),
    recurrentInitialiser: gaussian(0.5),
    random: randomStream(1, "initial weights"),
  });
  cell.parameters["layer0/bias"].assign(tf.tensor1d(biases));
  return cell;
}

const sequenceEnd = (cell: ReturnType<typeof gru>) =>
  tf.tidy(() => {
    const state = [{ hiddenState: tf.tensor2d([[0.3, -0.6]]) }];
    const inputs = tf.tensor3d([1, 0, 0, 1, 1, 1], [3, 1, 2]);
    return cell.sequence(state, inputs).state[0].hiddenState.dataSync();
  });

Deno.test("gru() keeps its state for ever at an update gate of 1: the second gate of three", () => {
  const end = sequenceEnd(smallGru([0, 0, 40, 40, 0, 0]));
  assertAlmostEquals(end[0], 0.3, 1e-6);
  assertAlmostEquals(end[1], -0.6, 1e-6);
});

Deno.test("gru() with reset and update gates at 0 is blind to its past: h' = tanh(x Wn + bn)", () => {
  const cell = smallGru([-40, -40, -40, -40, 0.1, 0.2]);
  const weights = cell.parameters["layer0/inputWeights"].dataSync();
  const candidate = (unit: number) =>
    Math.tanh(weights[4 + unit] + weights[10 + unit] + 0.1 * (unit + 1));
  const end = sequenceEnd(cell); // the last input is [1, 1]
  assertAlmostEquals(end[0], candidate(0), 1e-6);
  assertAlmostEquals(end[1], candidate(1), 1e-6);
  assertEquals(Object.keys(cell.parameters).length, 3);
});

await useBackend("wasm");

function silentLstm(forgetBias: number) {
  const silent = { inputInitialiser: zeros(), recurrentInitialiser: zeros(), random: () => 0 };
  return lstm({ inputSize: 1, hiddenSize: 2, forgetBias, ...silent });
}

Deno.test("lstm() puts the forget bias on the second gate of i f g o", () => {
  assertEquals([...silentLstm(3).parameters["layer0/bias"].dataSync()], [0, 0, 3, 3, 0, 0, 0, 0]);
});

Deno.test("lstm() with its input closed has d c_T / d c_0 = sigmoid(forget bias)^T", () => {
  const [T, before] = [20, tf.memory().numTensors];
  for (const forgetBias of [0, 1, 2, 3, 5]) {
    tf.tidy(() => {
      const cell = silentLstm(forgetBias);
      // A candidate of 0 closes the input.
      const end = (c: tf.Tensor) => {
        const state = [{
          hiddenState: tf.zeros([1, 2]) as tf.Tensor2D,
          cellState: c as tf.Tensor2D,
        }];
        return tf.sum(cell.sequence(state, tf.zeros([T, 1, 1])).state[0].cellState!) as tf.Scalar;
      };
      const gradient = tf.grad(end)(tf.tensor2d([[0.5, -2]])).dataSync();
      const kept = (1 / (1 + Math.exp(-forgetBias))) ** T;
      assertAlmostEquals(gradient[0], kept, 1e-5 * kept);
      assertAlmostEquals(gradient[1], kept, 1e-5 * kept);
      cell.dispose();
    });
  }
  assertEquals(tf.memory().numTensors, before);
});

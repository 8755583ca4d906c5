import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { addBias, cellStep, type LayerState, type LayerWeights } from "lib/kernels/cell_step.ts";
import type { CellKind } from "lib/kernels/network_config.ts";

const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));

/** One unit whose gates' recurrent weights are given; its own inputs come as pre-activations. */
function oneUnit(recurrentWeights: number[], recurrentBias?: number[]): LayerWeights {
  const gates = recurrentWeights.length;
  return {
    inputWeights: tf.zeros([1, gates]),
    recurrentWeights: tf.tensor2d(recurrentWeights, [1, gates]),
    bias: tf.zeros([gates]),
    ...(recurrentBias && { recurrentBias: tf.tensor1d(recurrentBias) }),
  };
}

const state = (h: number, c?: number): LayerState => ({
  hiddenState: tf.tensor2d([[h]]),
  ...(c !== undefined && { cellState: tf.tensor2d([[c]]) }),
});

function stepOne(kind: CellKind, weights: LayerWeights, input: number[], from: LayerState) {
  const next = cellStep(kind, weights, tf.tensor2d([input]), from);
  return { h: next.hiddenState.dataSync()[0], c: next.cellState?.dataSync()[0] };
}

Deno.test("cellStep() of the vanilla RNNs is phi(x W + h U + b), a second bias added", () => {
  const weights = oneUnit([2], [0.25]);
  const sum = 0.5 - 0.4 * 2 + 0.25;
  assertAlmostEquals(stepOne("rnn-tanh", weights, [0.5], state(-0.4)).h, Math.tanh(sum), 1e-6);
  assertAlmostEquals(stepOne("rnn-sigmoid", weights, [0.5], state(-0.4)).h, sigmoid(sum), 1e-6);
  assertEquals(stepOne("rnn-relu", weights, [0.5], state(-0.4)).h, 0);
  assertAlmostEquals(stepOne("rnn-relu", weights, [0.5], state(0.4)).h, 1.55, 1e-6);
});

Deno.test("cellStep() of the GRU has the gates in the order r z n, the reset after the product", () => {
  const [h, input, recurrent, bias] = [0.6, [0.3, -0.8, 1.1], [0.7, -1.3, 0.9], [0.2, 0.1, -0.5]];
  const reset = sigmoid(input[0] + h * recurrent[0] + bias[0]);
  const update = sigmoid(input[1] + h * recurrent[1] + bias[1]);
  const candidate = Math.tanh(input[2] + reset * (h * recurrent[2] + bias[2]));
  const expected = (1 - update) * candidate + update * h;
  assertAlmostEquals(stepOne("gru", oneUnit(recurrent, bias), input, state(h)).h, expected, 1e-6);
});

Deno.test("cellStep() of the GRU keeps its state at an update gate of 1, and forgets it at 0", () => {
  const weights = oneUnit([0.5, 0, 0]);
  assertAlmostEquals(stepOne("gru", weights, [0.1, 40, 2], state(0.35)).h, 0.35, 1e-6);
  assertAlmostEquals(stepOne("gru", weights, [0.1, -40, 2], state(0.35)).h, Math.tanh(2), 1e-6);
});

Deno.test("cellStep() of the LSTM has the gates in the order i f g o", () => {
  const [h, c, input, recurrent] = [0.6, -0.9, [0.3, -0.8, 1.1, 0.4], [0.7, -1.3, 0.9, 0.2]];
  const [i, f, g, o] = input.map((value, gate) => value + h * recurrent[gate]);
  const cellState = sigmoid(f) * c + sigmoid(i) * Math.tanh(g);
  const next = stepOne("lstm", oneUnit(recurrent), input, state(h, c));
  assertAlmostEquals(next.c!, cellState, 1e-6);
  assertAlmostEquals(next.h, sigmoid(o) * Math.tanh(cellState), 1e-6);
});

Deno.test("cellStep() refuses an LSTM without a cell state", () => {
  assertThrows(() => stepOne("lstm", oneUnit([1, 1, 1, 1]), [0, 0, 0, 0], state(0)), Error, "LSTM");
});

Deno.test("addBias() adds to each row, and gives the rows back where there is no bias", () => {
  const rows = tf.tensor2d([[1, 2], [3, 4]]);
  assertEquals([...addBias(rows, tf.tensor1d([10, 20])).dataSync()], [11, 22, 13, 24]);
  assertEquals(addBias(rows, undefined), rows);
});

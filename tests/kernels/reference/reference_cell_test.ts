import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  addOuter,
  backwardCell,
  forwardCell,
  matrixTimesColumn,
  rowTimesMatrix,
  sigmoid as librarySigmoid,
} from "lib/kernels/reference/reference_cell.ts";

const one = (value: number) => Float64Array.of(value);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

Deno.test("forwardCell() computes one unit's equations", () => {
  const state = { input: one(2), hidden: one(0.5), cell: one(0.3) };
  const rnn = { inputWeights: one(0.4), recurrentWeights: one(-0.6), bias: one(0.1) };
  assertAlmostEquals(forwardCell("rnn-tanh", rnn, state).hidden[0], Math.tanh(0.6));
  assertEquals(forwardCell("rnn-relu", { ...rnn, bias: one(-3) }, state).hidden[0], 0);
  const lstm = {
    inputWeights: Float64Array.of(0.1, 0.2, 0.3, 0.4),
    recurrentWeights: new Float64Array(4),
    bias: new Float64Array(4),
  };
  const cell = sigmoid(0.4) * 0.3 + sigmoid(0.2) * Math.tanh(0.6);
  const trace = forwardCell("lstm", lstm, state);
  assertAlmostEquals(trace.cell[0], cell);
  assertAlmostEquals(trace.hidden[0], sigmoid(0.8) * Math.tanh(cell));
});

Deno.test("forwardCell() keeps the GRU's state at an update gate of 1", () => {
  const gru = {
    inputWeights: new Float64Array(3),
    recurrentWeights: new Float64Array(3),
    bias: Float64Array.of(0, 100, 5),
  };
  const { hidden } = forwardCell("gru", gru, { input: one(1), hidden: one(0.7), cell: one(0) });
  assertAlmostEquals(hidden[0], 0.7);
});

Deno.test("backwardCell() passes the LSTM's cell gradient through the forget gate", () => {
  const zeros = () => ({
    inputWeights: new Float64Array(4),
    recurrentWeights: new Float64Array(4),
    bias: new Float64Array(4),
  });
  const weights = { ...zeros(), bias: Float64Array.of(-100, 1, 0, -100) };
  const trace = forwardCell("lstm", weights, { input: one(1), hidden: one(0), cell: one(2) });
  const flow = backwardCell("lstm", weights, {
    ...{ trace, dHidden: one(0), dCell: one(1), gradients: zeros() },
  });
  assertAlmostEquals(flow.cell[0], sigmoid(1));
});

Deno.test("rowTimesMatrix(), matrixTimesColumn() and addOuter() are one product and its gradients", () => {
  const matrix = Float64Array.of(1, 2, 3, 4, 5, 6);
  assertEquals([...rowTimesMatrix(Float64Array.of(1, 10), matrix, new Float64Array(3))], [
    41,
    52,
    63,
  ]);
  assertEquals([...matrixTimesColumn(matrix, Float64Array.of(1, 10, 100), 2)], [321, 654]);
  const gradient = new Float64Array(6);
  addOuter(gradient, Float64Array.of(1, 2), Float64Array.of(3, 4, 5));
  assertEquals([...gradient], [3, 4, 5, 6, 8, 10]);
});

Deno.test("sigmoid() is a half at 0 and saturates without overflow", () => {
  assertEquals([0, 1000, -1000].map(librarySigmoid), [0.5, 1, 0]);
  assertAlmostEquals(librarySigmoid(1), 0.7310585786, 1e-10);
});

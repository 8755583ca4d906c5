import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { gaussian, identity } from "lib/models/initialisers.ts";
import {
  cellTrajectory,
  inputVectors,
  modelLayer,
  modelTrajectory,
  randomLayer,
} from "lib/probes/cell_trajectory.ts";
import { stateGradientByDistance } from "lib/probes/gradients/gradient_by_distance.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { cellKinds, randomIds, smallModel } from "../models/small_model.ts";
import { assertPullBack } from "./finite_difference.ts";
import { caseLayer, oneUnit, stateGradientCases } from "./state_gradient_fixture.ts";

for (const cell of cellKinds) {
  Deno.test(`modelTrajectory() passes through the model's own states, ${cell}`, async () => {
    const model = smallModel(cell);
    const ids = randomIds(6);
    const { hiddenStates, timeSteps } = modelTrajectory(model, ids);
    assertEquals(timeSteps, 6);
    let state = model.initialState(1);
    for (const [time, id] of ids.entries()) {
      ({ state } = await model.step(state, [id]));
      hiddenStates[time].forEach((value, j) =>
        assertAlmostEquals(value, state.hiddenState[j], 1e-5)
      );
    }
    model.dispose();
  });
}

Deno.test("modelTrajectory() refuses a model of several layers", () => {
  const model = smallModel("gru", { layerCount: 2 });
  assertThrows(() => modelTrajectory(model, [0]), Error, "it has 2 layers, not 1");
  model.dispose();
});

Deno.test("cellTrajectory() of an LSTM has a cell state too, that of a GRU has not", () => {
  const stateSize = (cell: string) =>
    cellTrajectory(caseLayer(stateGradientCases.find((one) => one.cell === cell)!), {
      inputIds: [0],
    }).stateSize;
  assertEquals([stateSize("lstm"), stateSize("gru")], [12, 6]);
});

for (const cell of ["rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru"]) {
  Deno.test(`cellTrajectory() pulls back what finite differences say, ${cell}`, () => {
    const layer = caseLayer(stateGradientCases.find((one) => one.cell === cell)!);
    assertPullBack((initialState) => cellTrajectory(layer, { inputIds: [1] }, { initialState }), {
      start: Float64Array.of(0.3, -0.2, 0.5, 0.1, -0.4, 0.7),
      finalState: ({ hiddenStates }) => hiddenStates[0],
    });
  });
}

Deno.test("cellTrajectory() of a GRU passes a gradient unchanged where the update gate is 1", () => {
  const trajectory = cellTrajectory(oneUnit("gru", [2, 0, 2], [0, 50, 0]), { inputIds: [0] }, {
    initialState: [0.4],
  });
  assertAlmostEquals(trajectory.hiddenStates[0][0], 0.4, 1e-12);
  assertAlmostEquals(trajectory.vectorJacobianProduct(1, Float64Array.of(1))[0], 1, 1e-12);
});

Deno.test("cellTrajectory() pulls back what finite differences say, through both states of an LSTM", () => {
  const layer = caseLayer(stateGradientCases.find(({ cell }) => cell === "lstm")!);
  const { hiddenSize } = layer;
  assertPullBack((initialState) => cellTrajectory(layer, { inputIds: [1] }, { initialState }), {
    start: Float64Array.from({ length: 2 * hiddenSize }, (_, i) => Math.sin(3 * i) / 2),
    finalState: lastCellState(layer),
  });
});

/** (h_1, c_1): the cell state follows from h = o tanh(c). */
function lastCellState({ hiddenSize }: { hiddenSize: number }) {
  return ({ hiddenStates, gateValues }: ReturnType<typeof cellTrajectory>) => {
    const whole = new Float64Array(2 * hiddenSize);
    hiddenStates[0].forEach((hidden, j) => {
      whole[j] = hidden;
      whole[hiddenSize + j] = Math.atanh(hidden / gateValues.outputGate[0][j]);
    });
    return whole;
  };
}

Deno.test("cellTrajectory() of an LSTM with its input closed keeps sigmoid(b)^T of a gradient: the half-lives", () => {
  for (const [bias, halfLife] of [[0, 1], [1, 2.21], [2, 5.46], [3, 14.27], [5, 103.2]]) {
    const layer = oneUnit("lstm", [0, 0, 0, 0], [-40, bias, 0, 0]);
    const trajectory = cellTrajectory(layer, { inputIds: new Int32Array(60) });
    const records = stateGradientByDistance(trajectory, { outputGradient: [0, 1], part: "cell" });
    const rate = 10 ** (records[60].log10Norm / 60);
    assertAlmostEquals(rate, 1 / (1 + Math.exp(-bias)), 1e-12);
    assertAlmostEquals(Math.LN2 / -Math.log(rate), halfLife, 0.05);
  }
});

const layer = {
  cell: "rnn-tanh" as const,
  inputSize: 2,
  hiddenSize: 2,
  inputWeights: Float64Array.of(1, 2, 3, 4),
  recurrentWeights: Float64Array.of(5, 6, 7, 8),
  bias: Float64Array.of(0.5, 0.25),
};

Deno.test("inputVectors() makes a token one-hot and leaves a vector as it is", () => {
  assertEquals(inputVectors(layer, { inputIds: [1] }), [Float64Array.of(0, 1)]);
  assertEquals(inputVectors(layer, { inputValues: [[1, -1]] }), [Float64Array.of(1, -1)]);
});

Deno.test("inputVectors() refuses ids and weights that do not fit", () => {
  assertThrows(() => inputVectors(layer, { inputIds: [2] }), RangeError, "id 2");
  assertThrows(
    () => inputVectors({ ...layer, bias: Float64Array.of(0) }, { inputIds: [0] }),
    RangeError,
    "bias takes 2 numbers, got 1",
  );
});

Deno.test("randomLayer() draws the very weights that a model of the same stream has", () => {
  const model = smallModel("gru");
  const expected = modelLayer(model);
  const drawn = randomLayer({
    cell: "gru",
    inputSize: 7,
    hiddenSize: 5,
    input: gaussian(0.5),
    recurrent: gaussian(0.5),
    random: randomStream(1, "initial weights"),
  });
  for (const name of ["inputWeights", "recurrentWeights"] as const) {
    Array.from(drawn[name], (value, i) => assertAlmostEquals(value, expected[name][i], 1e-7));
  }
  model.dispose();
});

Deno.test("randomLayer() draws each gate's matrix on its own and sets the gate bias asked for", () => {
  const { recurrentWeights, bias } = randomLayer({
    cell: "lstm",
    inputSize: 1,
    hiddenSize: 2,
    input: gaussian(0),
    recurrent: identity(),
    gateBias: { gate: 1, value: 2 },
    random: randomStream(1, "w"),
  });
  assertEquals(Array.from(recurrentWeights), [1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1]);
  assertEquals(Array.from(bias), [0, 0, 2, 2, 0, 0, 0, 0]);
});

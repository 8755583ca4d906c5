import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import type { NetworkConfig } from "lib/kernels/network_config.ts";
import type { Cell } from "lib/models/cells/cell.ts";
import { recurrentCell } from "lib/models/cells/recurrent_cell.ts";
import {
  fromStackState,
  stack,
  stateTensors,
  toStackState,
  zeroStackState,
} from "lib/models/cells/stack.ts";
import { gaussian } from "lib/models/initialisers.ts";
import { randomNormal } from "lib/random/normal.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { assertClose } from "../../kernels/assert_close.ts";

await useBackend("wasm");
const [T, B] = [5, 2];

function layer(
  kind: "gru" | "lstm" | "rnn-tanh",
  sizes: [number, number],
  layerName: string,
): Cell {
  const [inputSize, hiddenSize] = sizes;
  const initialiser = gaussian(0.6);
  return recurrentCell(kind, {
    inputSize,
    hiddenSize,
    inputInitialiser: initialiser,
    recurrentInitialiser: initialiser,
    layerName,
    random: randomStream(1, layerName),
  });
}

function drawnInputs(): tf.Tensor3D {
  const draw = randomNormal(randomStream(2, "inputs"));
  return tf.tensor3d(Float32Array.from({ length: T * B * 3 }, draw), [T, B, 3]);
}

Deno.test("stack() is the composition of its cells, of different kinds and sizes too", () => {
  tf.tidy(() => {
    const [lower, upper] = [layer("lstm", [3, 4], "layer0"), layer("gru", [4, 2], "layer1")];
    const both = stack([lower, upper]);
    assertEquals([both.inputSize, both.hiddenSize], [3, 2]);
    const inputs = drawnInputs();
    const first = lower.sequence(lower.initialState(B), inputs);
    const second = upper.sequence(upper.initialState(B), first.outputs);
    const { outputs, state } = both.sequence(both.initialState(B), inputs);
    assertEquals(outputs.dataSync(), second.outputs.dataSync());
    assertEquals(state[0].cellState!.dataSync(), first.state[0].cellState!.dataSync());
    assertEquals(state[1].hiddenState.dataSync(), second.state[0].hiddenState.dataSync());
  });
});

Deno.test("stack() as a sequence equals repeated steps", () => {
  tf.tidy(() => {
    const both = stack([layer("rnn-tanh", [3, 4], "layer0"), layer("lstm", [4, 2], "layer1")]);
    const inputs = drawnInputs();
    const whole = both.sequence(both.initialState(B), inputs);
    let state = both.initialState(B);
    const stepped = (tf.unstack(inputs) as tf.Tensor2D[]).map((input) => {
      const next = both.step(state, input);
      state = next.state;
      return next.output;
    });
    assertClose(tf.stack(stepped).dataSync(), whole.outputs.dataSync(), { relative: 1e-6 });
  });
});

Deno.test("stack() refuses no cell, sizes that do not fit, and two cells of one name", () => {
  assertThrows(() => stack([]), Error, "there are none");
  const [wide, narrow] = [layer("gru", [3, 4], "layer0"), layer("gru", [2, 4], "layer1")];
  assertThrows(
    () => stack([wide, narrow]),
    Error,
    "layer 1 reads 2 numbers, the layer below gives 4",
  );
  const same = layer("gru", [4, 4], "layer0");
  assertThrows(() => stack([wide, same]), Error, "two are named layer0/inputWeights");
  const before = tf.memory().numTensors;
  stack([wide]).dispose();
  assertEquals(tf.memory().numTensors, before - 3);
});

await useBackend("wasm");
const lstm: NetworkConfig = {
  cell: "lstm",
  inputSize: 7,
  hiddenSize: 3,
  layerCount: 2,
  outputSize: 7,
  biasesPerGate: 1,
};
const counted = (from: number) => Float32Array.from({ length: 12 }, (_, place) => from + place);

Deno.test("zeroStackState() has a cell state for the LSTM alone", () => {
  assertEquals(zeroStackState(lstm, 4), {
    batchSize: 4,
    hiddenState: new Float32Array(24),
    cellState: new Float32Array(24),
  });
  assertEquals(Object.keys(zeroStackState({ ...lstm, cell: "gru" }, 1)), [
    "batchSize",
    "hiddenState",
  ]);
});

Deno.test("fromStackState() and toStackState() are inverse, layer outermost, and leak nothing", async () => {
  const before = tf.memory().numTensors;
  const state = { batchSize: 2, hiddenState: counted(0), cellState: counted(100) };
  const layers = fromStackState(state, lstm);
  assertEquals([...layers[1].hiddenState.dataSync()], [6, 7, 8, 9, 10, 11]);
  assertEquals(layers[0].cellState!.arraySync(), [[100, 101, 102], [103, 104, 105]]);
  assertEquals(await toStackState(layers, 2), state);
  tf.dispose(stateTensors(layers));
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("fromStackState() takes double precision, and refuses a state of other sizes", () => {
  const hiddenState = Float64Array.from(counted(0.5));
  const [layer] = fromStackState({ batchSize: 2, hiddenState }, { ...lstm, cell: "gru" });
  assertEquals(layer.hiddenState.dataSync()[5], 5.5);
  assertEquals(layer.cellState, undefined);
  const wrong = { batchSize: 3, hiddenState, cellState: hiddenState };
  assertThrows(() => fromStackState(wrong, lstm), Error, "hiddenState takes 18 numbers, got 12");
  const without = { batchSize: 2, hiddenState };
  assertThrows(() => fromStackState(without, lstm), Error, "cellState takes 12 numbers, got none");
});

Deno.test("stateTensors() gives the layers' hidden states, then their cell states", () => {
  const state = { batchSize: 2, hiddenState: counted(0), cellState: counted(100) };
  const firsts = stateTensors(fromStackState(state, lstm)).map((tensor) => tensor.dataSync()[0]);
  assertEquals(firsts, [0, 6, 100, 106]);
});

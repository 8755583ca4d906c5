import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import type { NetworkConfig } from "lib/kernels/network_config.ts";
import {
  fromStackState,
  stateTensors,
  toStackState,
  zeroStackState,
} from "lib/models/cells/stack_state.ts";

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

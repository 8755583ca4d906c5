import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import type { Cell } from "lib/models/cells/cell.ts";
import { gaussian } from "lib/models/initialisers.ts";
import { recurrentCell } from "lib/models/cells/recurrent_cell.ts";
import { stack } from "lib/models/cells/stack.ts";
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

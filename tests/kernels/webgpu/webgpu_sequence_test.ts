import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import type { LayerWeights } from "lib/kernels/cell_step.ts";
import { type CellKind, gateCount } from "lib/kernels/network_config.ts";
import { oneHotRows } from "lib/kernels/one_hot.ts";
import {
  recurrentSequence,
  type RecurrentSequenceInput,
  type RecurrentSequenceOutput,
} from "lib/kernels/recurrent_sequence.ts";
import { planOnDevice } from "lib/kernels/webgpu/device_plan.ts";
import type { WorkgroupPlan } from "lib/kernels/webgpu/sequence_layout.ts";
import { webgpuSequence } from "lib/kernels/webgpu/webgpu_sequence.ts";
import { randomNormal } from "lib/random/normal.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { tensorError, testOnWebgpu } from "./on_webgpu.ts";

const KINDS: CellKind[] = ["rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru", "lstm"];

interface Case {
  readonly kind: CellKind;
  readonly T: number;
  readonly B: number;
  readonly H: number;
  /** Input size: tokens, one-hot, or with `dense` real numbers. */
  readonly V: number;
  readonly dense?: boolean;
  readonly secondBias?: boolean;
}

type Run = (
  kind: CellKind,
  weights: LayerWeights,
  input: RecurrentSequenceInput,
) => RecurrentSequenceOutput;

const fused = (change: Partial<WorkgroupPlan> = {}): Run => (kind, weights, input) => {
  const [timeSteps, batchSize] = input.inputs.shape;
  const hiddenSize = weights.recurrentWeights.shape[0];
  const plan = planOnDevice({ kind, timeSteps, batchSize, hiddenSize }) as WorkgroupPlan;
  const rows = change.rows ?? plan.rows;
  const changed = { ...plan, ...change, workgroups: Math.ceil(batchSize / rows) };
  return webgpuSequence(kind, weights, { input, plan: changed });
};

/** States and every gradient of a weighted sum of all outputs, by name, on the current backend. */
async function outcome(test: Case, run: Run): Promise<Record<string, Float32Array>> {
  const { kind, T, B, H, V } = test;
  const draw = randomNormal(randomStream(5, JSON.stringify(test)));
  const ids = randomStream(6, "ids");
  const W = gateCount(kind) * H;
  const tensor = (shape: number[], scale: number) =>
    tf.tensor(
      Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => scale * draw()),
      shape,
    );
  const scale = 1 / Math.sqrt(H);
  const given: Record<string, tf.Tensor> = {
    inputWeights: tensor([V, W], test.dense ? 1 / Math.sqrt(V) : 0.5),
    recurrentWeights: tensor([H, W], scale),
    bias: tensor([W], 0.3),
    initialHidden: tensor([B, H], 0.5),
  };
  if (test.secondBias) given.recurrentBias = tensor([W], 0.3);
  if (kind === "lstm") given.initialCell = tensor([B, H], 0.5);
  if (test.dense) given.inputs = tensor([T, B, V], 1);
  const tokens = Int32Array.from({ length: T * B }, () => Math.floor(ids() * V));
  const oneHot = tf.tidy(() => tf.reshape(oneHotRows(tokens, V), [T, B, V])) as tf.Tensor3D;
  const probes = [tensor([T, B, H], 1), tensor([B, H], 1), tensor([B, H], 1)];

  const names = Object.keys(given);
  let output: RecurrentSequenceOutput | undefined;
  const loss = (...values: tf.Tensor[]) => {
    const named = Object.fromEntries(names.map((name, i) => [name, values[i]]));
    output = run(kind, named as unknown as LayerWeights, {
      inputs: (named.inputs ?? oneHot) as tf.Tensor3D,
      initialState: {
        hiddenState: named.initialHidden as tf.Tensor2D,
        ...(named.initialCell && { cellState: named.initialCell as tf.Tensor2D }),
      },
    });
    const { hiddenState, cellState } = output.finalState;
    const seen = [output.hiddenStates, hiddenState, ...(cellState ? [cellState] : [])];
    seen.forEach((tensor) => tf.keep(tensor));
    return tf.addN(seen.map((tensor, i) => tf.sum(tf.mul(tensor, probes[i])))) as tf.Scalar;
  };
  const { value, grads } = tf.valueAndGrads(loss)(Object.values(given));
  const { hiddenStates, finalState } = output!;
  const tensors: Record<string, tf.Tensor> = {
    ...{ hiddenStates, finalHidden: finalState.hiddenState },
    ...(finalState.cellState && { finalCell: finalState.cellState }),
    ...Object.fromEntries(names.map((name, i) => [`gradient of ${name}`, grads[i]])),
  };
  const found: Record<string, Float32Array> = {};
  for (const [name, tensor] of Object.entries(tensors)) {
    found[name] = (await tensor.data()).slice() as Float32Array;
  }
  tf.dispose([value, tensors, given, oneHot, probes] as tf.TensorContainer);
  return found;
}

/** Largest error over all states and gradients against plain tfjs on WASM. */
async function largestError(test: Case, run: Run = fused()): Promise<string | undefined> {
  await useBackend("webgpu");
  const found = await outcome(test, run);
  await useBackend("wasm");
  const expected = await outcome(test, recurrentSequence);
  assertEquals(Object.keys(found), Object.keys(expected));
  const errors = Object.keys(expected).map((name) => ({
    name,
    error: tensorError(found[name], expected[name]),
  }));
  const bad = errors.filter(({ error }) => !(error < 1e-4));
  return bad.length ? bad.map(({ name, error }) => `${name}: ${error}`).join(", ") : undefined;
}

for (const kind of KINDS) {
  testOnWebgpu(
    `webgpuSequence() of ${kind} equals plain tfjs at odd sizes: states, final states and all gradients`,
    async () => {
      const odd = { kind, B: 3, H: 33, V: 27 };
      for (const T of [1, 7]) {
        assertEquals(await largestError({ ...odd, T }), undefined);
        assertEquals(await largestError({ ...odd, T, secondBias: true }), undefined);
      }
      assertEquals(await largestError({ ...odd, T: 7, V: 5, dense: true }), undefined);
      assertEquals(await largestError({ kind, T: 2, B: 1, H: 1, V: 2 }), undefined);
    },
  );

  testOnWebgpu(
    `webgpuSequence() of ${kind} gives the same bits however its sequences share workgroups`,
    async () => {
      const test = { kind, T: 4, B: 11, H: 10, V: 7 };
      const whole = await outcome(test, fused({ rows: 1, threads: 32 }));
      for (const rows of [2, 4, 8] as const) {
        assertEquals(await outcome(test, fused({ rows, threads: 64 })), whole);
      }
    },
  );
}

for (const kind of ["gru", "lstm"] as const) {
  testOnWebgpu(`webgpuSequence() of ${kind} leaks no tensor, and no GPU buffer grows`, async () => {
    const test = { kind, T: 3, B: 2, H: 5, V: 4 };
    await outcome(test, fused());
    const before = tf.memory() as tf.MemoryInfo & { numBytesInGPU: number };
    for (let i = 0; i < 3; i++) await outcome(test, fused());
    const after = tf.memory() as tf.MemoryInfo & { numBytesInGPU: number };
    assertEquals(after.numTensors, before.numTensors);
    assertEquals(after.numBytesInGPU, before.numBytesInGPU);
  });
}

testOnWebgpu(
  "webgpuSequence() saturates without a NaN where sums are in the hundreds",
  async () => {
    for (const kind of KINDS.filter((kind) => kind !== "rnn-relu")) {
      await useBackend("webgpu");
      const width = gateCount(kind) * 2;
      const input = {
        inputs: tf.tensor3d([[[400]], [[-400]]]),
        initialState: { hiddenState: tf.zeros([1, 2]), cellState: tf.zeros([1, 2]) },
      } as unknown as RecurrentSequenceInput;
      const weights = {
        inputWeights: tf.ones([1, width]),
        recurrentWeights: tf.zeros([2, width]),
        bias: tf.zeros([width]),
      } as LayerWeights;
      const states = await fused()(kind, weights, input).hiddenStates.data();
      assert(states.every((value) => Math.abs(value) <= 1), `${kind}: ${states}`);
    }
  },
);

testOnWebgpu("webgpuSequence() refuses an LSTM without a cell state", async () => {
  const weights = { inputWeights: tf.zeros([1, 4]), recurrentWeights: tf.zeros([1, 4]) };
  const input = {
    inputs: tf.zeros([1, 1, 1]) as tf.Tensor3D,
    initialState: { hiddenState: tf.zeros([1, 1]) as tf.Tensor2D },
  };
  await assertRejects(
    // deno-lint-ignore require-await -- turns what it throws into a rejection
    async () => fused()("lstm", weights as LayerWeights, input),
    Error,
    "no cellState",
  );
});

const SHAPES: Case[] = [
  { kind: "rnn-tanh", H: 100, T: 25, B: 1, V: 65 },
  { kind: "rnn-tanh", H: 32, T: 32, B: 1024, V: 28 },
  { kind: "gru", H: 32, T: 32, B: 1024, V: 28 },
  { kind: "lstm", H: 32, T: 32, B: 1024, V: 28 },
  { kind: "rnn-tanh", H: 128, T: 64, B: 32, V: 65 },
  { kind: "gru", H: 128, T: 64, B: 32, V: 65 },
  { kind: "lstm", H: 128, T: 64, B: 32, V: 65 },
  { kind: "lstm", H: 128, T: 50, B: 50, V: 65 },
  { kind: "lstm", H: 40, T: 5, B: 4, V: 128, dense: true },
  { kind: "rnn-tanh", H: 64, T: 200, B: 16, V: 65 },
];

for (const shape of SHAPES) {
  const { kind, H, T, B } = shape;
  testOnWebgpu(
    `webgpuSequence() of ${kind} H${H} T${T} B${B} equals plain tfjs within 1e-4`,
    async () => {
      assertEquals(await largestError(shape), undefined);
    },
  );
}

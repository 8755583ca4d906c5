import * as tf from "@tensorflow/tfjs";
import type { LayerWeights } from "lib/kernels/cell_step.ts";
import {
  type SequenceArrays,
  SequenceKernel,
  type SequenceSizes,
} from "lib/kernels/fused/sequence_kernel.ts";
import type { CellKind } from "lib/kernels/network_config.ts";
import {
  recurrentSequence,
  type RecurrentSequenceInput,
  type RecurrentSequenceOutput,
} from "lib/kernels/recurrent_sequence.ts";

/** Kernels by their sizes, the latest used last; each holds the memory of its sizes. */
const kernels = new Map<string, { kernel: SequenceKernel; lastCall: number }>();
const MOST_KERNELS = 8;
let calls = 0;

/**
 * `recurrentSequence` on the fused kernels: same signature, same gradients by `tf.grad`, first order.
 *
 * For the WASM and CPU backends, whose tensors can be read at once; data is copied in and out. On
 * another backend the plain tfjs path runs. Kernels of the last eight sizes are kept for the next
 * call; `disposeFusedSequences` lets go of them.
 *
 * @throws {Error} naming the feature, if the engine lacks SIMD.
 */
export function fusedSequence(
  kind: CellKind,
  weights: LayerWeights,
  input: RecurrentSequenceInput,
): RecurrentSequenceOutput {
  if (!["wasm", "cpu"].includes(tf.getBackend())) return recurrentSequence(kind, weights, input);
  const [timeSteps, batchSize, inputSize] = input.inputs.shape;
  const hiddenSize = input.initialState.hiddenState.shape[1];
  const biasesPerGate = weights.recurrentBias === undefined ? 1 : 2;
  const sizes = { kind, timeSteps, batchSize, inputSize, hiddenSize, biasesPerGate } as const;
  const { hiddenState, cellState } = input.initialState;
  const lstm = kind === "lstm";
  if (lstm && cellState === undefined) {
    throw new Error("Cannot run an LSTM: its initial state has no cellState.");
  }
  const tensors: tf.Tensor[] = [
    ...[input.inputs, hiddenState, weights.inputWeights, weights.recurrentWeights, weights.bias],
    ...(weights.recurrentBias ? [weights.recurrentBias] : []),
    ...(lstm ? [cellState!] : []),
  ];
  // One tensor comes out of a custom gradient: the cell state follows the hidden states.
  const stacked = tf.customGrad((...given) => {
    const save = given.pop() as tf.GradSaveFunc;
    const inputs = given as tf.Tensor[];
    const call = ++calls;
    const { hiddenStates, finalState } = forward(sizes, inputs, call);
    save(inputs);
    const rows = lstm ? timeSteps + 1 : timeSteps;
    const values = new Float32Array(rows * batchSize * hiddenSize);
    values.set(hiddenStates);
    if (lstm) values.set(finalState.cellState!, hiddenStates.length);
    return {
      value: tf.tensor3d(values, [rows, batchSize, hiddenSize]),
      gradFunc: (upstream, saved) =>
        backward(sizes, saved, { call, upstream: upstream as tf.Tensor }),
    };
  })(...tensors) as tf.Tensor3D;
  const shape: [number, number] = [batchSize, hiddenSize];
  const row = (time: number) => tf.reshape(tf.slice(stacked, [time, 0, 0], [1, -1, -1]), shape);
  return {
    hiddenStates: lstm ? tf.slice(stacked, [0, 0, 0], [timeSteps, -1, -1]) : stacked,
    finalState: lstm
      ? { hiddenState: row(timeSteps - 1) as tf.Tensor2D, cellState: row(timeSteps) as tf.Tensor2D }
      : { hiddenState: row(timeSteps - 1) as tf.Tensor2D },
  };
}

/** Lets go of the memory that `fusedSequence` keeps between calls. */
export function disposeFusedSequences(): void {
  kernels.clear();
}

function kernelFor(sizes: SequenceSizes) {
  const key = JSON.stringify(sizes);
  const entry = kernels.get(key) ?? { kernel: new SequenceKernel(sizes), lastCall: 0 };
  kernels.delete(key);
  kernels.set(key, entry);
  if (kernels.size > MOST_KERNELS) kernels.delete(kernels.keys().next().value!);
  return entry;
}

/** The arrays of the tensors in the order in which `fusedSequence` passes them. */
function arraysOf(
  { kind, batchSize, biasesPerGate }: SequenceSizes,
  tensors: tf.Tensor[],
): SequenceArrays {
  const data = tensors.map((tensor) => tensor.dataSync() as Float32Array);
  const [inputs, hiddenState, inputWeights, recurrentWeights, bias] = data;
  return {
    inputs,
    initialState: {
      ...{ batchSize, hiddenState, cellState: kind === "lstm" ? data.at(-1) : undefined },
    },
    weights: {
      ...{ inputWeights, recurrentWeights, bias },
      ...(biasesPerGate === 2 && { recurrentBias: data[5] }),
    },
  };
}

function forward(sizes: SequenceSizes, tensors: tf.Tensor[], call: number) {
  const entry = kernelFor(sizes);
  entry.lastCall = call;
  return entry.kernel.forward(arraysOf(sizes, tensors));
}

function backward(
  sizes: SequenceSizes,
  tensors: tf.Tensor[],
  { call, upstream }: { call: number; upstream: tf.Tensor },
): tf.Tensor[] {
  const entry = kernelFor(sizes);
  // Another layer of these sizes has used the memory since: its traces are gone.
  if (entry.lastCall !== call) forward(sizes, tensors, call);
  const values = upstream.dataSync() as Float32Array;
  const states = sizes.timeSteps * sizes.batchSize * sizes.hiddenSize;
  const lstm = sizes.kind === "lstm";
  const gradients = entry.kernel.backward(
    values.subarray(0, states),
    lstm ? values.subarray(states) : undefined,
  );
  // The way back overwrites what it reads.
  entry.lastCall = 0;
  const { inputs, weights, initialState } = gradients;
  const arrays = [
    ...[inputs, initialState.hiddenState],
    ...[weights.inputWeights, weights.recurrentWeights, weights.bias],
    ...(sizes.biasesPerGate === 2 ? [weights.recurrentBias] : []),
    ...(lstm ? [initialState.cellState!] : []),
  ];
  return arrays.map((array, i) => tf.tensor(array as Float32Array, tensors[i].shape));
}

import * as tf from "@tensorflow/tfjs";
import { addBias, cellStep, type LayerState, type LayerWeights } from "lib/kernels/cell_step.ts";
import { type CellKind, gateCount } from "lib/kernels/network_config.ts";
import { backendSequence } from "lib/kernels/backend_sequence.ts";
import type { Cell, CellState } from "lib/models/cells/cell.ts";
import { drawGates, type Initialiser } from "lib/models/initialisers.ts";
import type { Random } from "lib/random/random_stream.ts";

/** Sizes and initial weights of one recurrent layer. */
export interface RecurrentCellOptions {
  readonly inputSize: number;
  readonly hiddenSize: number;
  /** Each gate's matrix is drawn on its own. */
  readonly inputInitialiser: Initialiser;
  readonly recurrentInitialiser: Initialiser;
  /** Initial bias of one gate, by its index; the others start at 0. */
  readonly gateBias?: { readonly gate: number; readonly value: number };
  readonly biasesPerGate?: 1 | 2;
  /** Prefix of the parameter names. Default `layer0`. */
  readonly layerName?: string;
  readonly random: Random;
}

/** One layer of the given kind. Lectures call `vanillaRnn`, `gru` or `lstm`, which say what it computes. */
export function recurrentCell(kind: CellKind, options: RecurrentCellOptions): Cell {
  const { inputSize, hiddenSize, biasesPerGate = 1, layerName = "layer0" } = options;
  const gates = gateCount(kind);
  const parameters: Record<string, tf.Variable> = {};
  const create = (name: string, values: Float32Array, shape: number[]) => {
    parameters[`${layerName}/${name}`] = tf.tidy(() => tf.variable(tf.tensor(values, shape)));
    return parameters[`${layerName}/${name}`];
  };
  const { inputInitialiser, recurrentInitialiser, random } = options;
  const inputValues = drawGates(inputInitialiser, { rows: inputSize, hiddenSize, gates, random });
  const recurrentValues = drawGates(recurrentInitialiser, {
    rows: hiddenSize,
    hiddenSize,
    gates,
    random,
  });
  const biasValues = new Float32Array(gates * hiddenSize);
  if (options.gateBias !== undefined) {
    const { gate, value } = options.gateBias;
    biasValues.fill(value, gate * hiddenSize, (gate + 1) * hiddenSize);
  }
  const weights = {
    inputWeights: create("inputWeights", inputValues, [inputSize, gates * hiddenSize]),
    recurrentWeights: create("recurrentWeights", recurrentValues, [hiddenSize, gates * hiddenSize]),
    bias: create("bias", biasValues, [gates * hiddenSize]),
    ...(biasesPerGate === 2 && {
      recurrentBias: create("recurrentBias", new Float32Array(gates * hiddenSize), [
        gates * hiddenSize,
      ]),
    }),
  } as unknown as LayerWeights;

  return {
    inputSize,
    hiddenSize,
    parameters,
    initialState: (batchSize) => [zeroState(kind, batchSize, hiddenSize)],
    step([layerState]: CellState, input) {
      const inputProduct = addBias(tf.matMul(input, weights.inputWeights), weights.bias);
      const next = cellStep(kind, weights, inputProduct, layerState);
      return { output: next.hiddenState, state: [next] };
    },
    sequence([initialState]: CellState, inputs) {
      const { hiddenStates, finalState } = backendSequence(kind, weights, {
        inputs,
        initialState,
      });
      return { outputs: hiddenStates, state: [finalState] };
    },
    dispose: () => Object.values(parameters).forEach((parameter) => parameter.dispose()),
  };
}

function zeroState(kind: CellKind, batchSize: number, hiddenSize: number): LayerState {
  const hiddenState = tf.zeros([batchSize, hiddenSize]) as tf.Tensor2D;
  if (kind !== "lstm") return { hiddenState };
  return { hiddenState, cellState: tf.zeros([batchSize, hiddenSize]) as tf.Tensor2D };
}

import * as tf from "@tensorflow/tfjs";
import { type CellKind, type NetworkConfig, parameterCount } from "lib/kernels/network_config.ts";
import { oneHotRows } from "lib/kernels/one_hot.ts";
import { checkedModel } from "lib/models/checked_model.ts";
import { fusedInference } from "lib/models/fused_inference.ts";
import type { Cell } from "lib/models/cells/cell.ts";
import { glorot, type Initialiser, orthogonal } from "lib/models/initialisers.ts";
import { recurrentCell } from "lib/models/cells/recurrent_cell.ts";
import { stack, zeroStackState } from "lib/models/cells/stack.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";
import type { Random } from "lib/random/random_stream.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** How each kind of matrix is drawn; biases start at 0 but for the forget gate's. */
export interface ModelInitialisers {
  readonly input: Initialiser;
  readonly recurrent: Initialiser;
  readonly output: Initialiser;
}

/** What a recurrent language model is made of. */
export interface RecurrentLanguageModelOptions {
  readonly vocabulary: Vocabulary;
  readonly cell: CellKind;
  readonly hiddenSize: number;
  /** Default 1. */
  readonly layerCount?: number;
  /** Default 1. */
  readonly biasesPerGate?: 1 | 2;
  /** Default: Glorot, with orthogonal recurrent matrices. */
  readonly initialisers?: ModelInitialisers;
  /** Initial bias of an LSTM's forget gate. Default 1. */
  readonly forgetBias?: number;
  readonly random: Random;
}

/** A recurrent language model: a stack of cells, and a linear layer that scores every token. */
export interface RecurrentLanguageModel extends TrainableModel {
  readonly cell: Cell;
  /** Scores of hidden states [rows, hiddenSize]: logits [rows, vocabularySize]. Differentiable. */
  scores(hiddenStates: tf.Tensor2D): tf.Tensor2D;
}

const FORGET_GATE = 1;

/**
 * A recurrent language model over a vocabulary: token (one-hot) -> cells -> linear -> logits.
 *
 * The output has one score per vocabulary entry at every time step, whatever the cell.
 *
 * @throws {RangeError} if a size is not a positive integer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
 * import { randomStream } from "lib/random/random_stream.ts";
 * import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";
 * const { vocabulary } = lettersTokenizer();
 * const random = randomStream(1, "initial weights");
 * const model = recurrentLanguageModel({ vocabulary, cell: "rnn-tanh", hiddenSize: 32, random });
 * assertEquals(model.parameterCount, 2876);
 * ```
 */
export function recurrentLanguageModel(
  options: RecurrentLanguageModelOptions,
): RecurrentLanguageModel {
  const { vocabulary, hiddenSize, layerCount = 1, biasesPerGate = 1, random } = options;
  const initialisers = options.initialisers ??
    { input: glorot(), recurrent: orthogonal(), output: glorot() };
  const config: NetworkConfig = {
    cell: options.cell,
    inputSize: vocabulary.size,
    hiddenSize,
    layerCount,
    outputSize: vocabulary.size,
    biasesPerGate,
  };
  const total = parameterCount(config); // also checks the sizes
  if (typeof random !== "function") {
    throw new TypeError(
      `Cannot draw initial weights: random must be a function, such as ` +
        `randomStream(1, "initial weights"), got ${random}.`,
    );
  }
  const gateBias = options.cell === "lstm"
    ? { gate: FORGET_GATE, value: options.forgetBias ?? 1 }
    : undefined;
  const layers = Array.from({ length: layerCount }, (_, layer) =>
    recurrentCell(options.cell, {
      inputSize: layer === 0 ? vocabulary.size : hiddenSize,
      hiddenSize,
      inputInitialiser: initialisers.input,
      recurrentInitialiser: initialisers.recurrent,
      gateBias,
      biasesPerGate,
      layerName: `layer${layer}`,
      random,
    }));
  const cell = stack(layers);
  const outputValues = initialisers.output(hiddenSize, vocabulary.size, random);
  const outputWeights = tf.tidy(() =>
    tf.variable(tf.tensor2d(outputValues, [hiddenSize, vocabulary.size]))
  );
  const outputBias = tf.tidy(() => tf.variable(tf.zeros([vocabulary.size]))) as tf.Variable<
    tf.Rank.R1
  >;
  const scores = (hiddenStates: tf.Tensor2D) =>
    tf.add(tf.matMul(hiddenStates, outputWeights as tf.Tensor2D), outputBias) as tf.Tensor2D;

  const model: RecurrentLanguageModel = {
    name: modelName(config),
    vocabulary,
    config,
    fusible: true,
    cell,
    parameters: { ...cell.parameters, "output/weights": outputWeights, "output/bias": outputBias },
    parameterCount: total,
    scores,
    initialTensorState: cell.initialState,
    forward({ inputIds, timeSteps, batchSize }, state) {
      const oneHot = oneHotRows(inputIds, vocabulary.size);
      const inputs = tf.reshape(oneHot, [timeSteps, batchSize, vocabulary.size]) as tf.Tensor3D;
      const { outputs, state: nextState } = cell.sequence(state, inputs);
      const flat = tf.reshape(outputs, [timeSteps * batchSize, hiddenSize]) as tf.Tensor2D;
      return { logits: scores(flat), state: nextState };
    },
    initialState: (batchSize) => zeroStackState(config, batchSize),
    step: (state, inputIds) => inference.step(state, inputIds),
    write: (state, options) => inference.write(state, options),
    tokenLosses: (ids) => inference.tokenLosses(ids),
    dispose() {
      inference.dispose();
      cell.dispose();
      outputWeights.dispose();
      outputBias.dispose();
    },
  };
  const inference = fusedInference(model);
  return checkedModel(model, (state) => state.batchSize);
}

const CELL_NAMES: Record<CellKind, string> = {
  "rnn-tanh": "RNN",
  "rnn-relu": "RNN relu",
  "rnn-sigmoid": "RNN sigmoid",
  "gru": "GRU",
  "lstm": "LSTM",
};

function modelName({ cell, hiddenSize, layerCount }: NetworkConfig): string {
  return `${CELL_NAMES[cell]} ${hiddenSize}${layerCount > 1 ? ` x ${layerCount}` : ""}`;
}

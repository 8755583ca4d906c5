import * as tf from "@tensorflow/tfjs";
import { oneHotRows } from "lib/kernels/one_hot.ts";
import { type MaybePromise, readTensors, whenReady } from "lib/kernels/read_tensor.ts";
import type { StackState } from "lib/kernels/sequence_network.ts";
import type { CellState } from "lib/models/cells/cell.ts";
import {
  fromStackState,
  stateTensors,
  toStackState,
  zeroStackState,
} from "lib/models/cells/stack.ts";
import { checkedModel } from "lib/models/checked_model.ts";
import { zeros } from "lib/models/initialisers.ts";
import type { LanguageModelStep } from "lib/models/language_model.ts";
import {
  type RecurrentLanguageModel,
  recurrentLanguageModel,
  type RecurrentLanguageModelOptions,
} from "lib/models/recurrent_language_model.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";

/** A state that knows its position: which weights come next. */
export interface PositionedState extends StackState {
  /** Tokens read so far. */
  readonly position: number;
}

/** A network with weights of its own for each position. */
export interface PositionSpecificModel extends TrainableModel {
  /** Number of positions there are weights for. */
  readonly positions: number;
}

/**
 * A recurrent network that shares nothing over time: each position has its own weights, output layer included.
 *
 * h_t = f_t(h_t-1, x_t), logits_t = h_t W_t + b_t. The counterpart that shows what sharing does: it has `positions`
 * times the parameters, each trained by one position only, and none at all for a longer text. Parameters are named
 * `position0/layer0/inputWeights` and so on. A window always starts at position 0.
 *
 * @param options.likeShared start each position with a copy of these weights: the shared network, untied. The gradient of
 * a position's copy is then that time step's contribution to the shared gradient.
 * @throws {RangeError} from `forward` and `step`, past the last position.
 */
export function positionSpecificModel(
  options: RecurrentLanguageModelOptions & {
    readonly positions: number;
    readonly likeShared?: RecurrentLanguageModel;
  },
): PositionSpecificModel {
  const { positions, likeShared, ...rest } = options;
  // What is overwritten need not be drawn.
  const blank = { input: zeros(), recurrent: zeros(), output: zeros() };
  const each = likeShared ? { ...rest, initialisers: blank } : rest;
  const networks = Array.from({ length: positions }, () => recurrentLanguageModel(each));
  const parameters: Record<string, tf.Variable> = {};
  networks.forEach((network, position) => {
    for (const [name, variable] of Object.entries(network.parameters)) {
      if (likeShared) variable.assign(likeShared.parameters[name] as tf.Variable);
      parameters[`position${position}/${name}`] = variable;
    }
  });
  const { config, vocabulary, cell } = networks[0];
  const name = `${networks[0].name}, ${positions} positions`;
  const requirePosition = (position: number) => {
    if (position <= positions) return;
    throw new RangeError(
      `Cannot read ${position} tokens with ${name}: there are no weights past ${positions}.`,
    );
  };
  const forwardFrom = (first: number): TrainableModel["forward"] => (window, start) => {
    const { inputIds, timeSteps, batchSize } = window;
    requirePosition(first + timeSteps);
    let state = start;
    const logits: tf.Tensor2D[] = [];
    for (let time = 0; time < timeSteps; time++) {
      const ids = inputIds.subarray(time * batchSize, (time + 1) * batchSize);
      const network = networks[first + time];
      const { output, state: next } = network.cell.step(state, oneHotRows(ids, vocabulary.size));
      logits.push(network.scores(output));
      state = next;
    }
    return { logits: withUnused(tf.concat(logits), networks.slice(first + timeSteps)), state };
  };
  const model: PositionSpecificModel = {
    name,
    vocabulary,
    config,
    positions,
    fusible: false,
    parameters,
    parameterCount: positions * networks[0].parameterCount,
    initialTensorState: cell.initialState,
    forward: forwardFrom(0),
    initialState: (batchSize) => ({ ...zeroStackState(config, batchSize), position: 0 }),
    async step(state, inputIds) {
      const { position } = state as PositionedState;
      const there = { ...model, forward: forwardFrom(position) };
      const { logits, state: next } = await tensorStep(there, state, inputIds);
      return { logits, state: { ...next, position: position + 1 } };
    },
    tokenLosses(ids) {
      requirePosition(ids.length - 1);
      return tensorTokenLosses(model, ids);
    },
    dispose: () => networks.forEach((network) => network.dispose()),
  };
  return checkedModel(model, (state) => state.batchSize);
}

/**
 * The logits, made to depend on the positions that a short window does not reach, with gradient 0: tfjs refuses a
 * variable that the loss does not depend on.
 */
function withUnused(logits: tf.Tensor2D, unused: readonly RecurrentLanguageModel[]): tf.Tensor2D {
  const variables = unused.flatMap(({ parameters }) => Object.values(parameters));
  if (variables.length === 0) return logits;
  return tf.add(logits, tf.addN(variables.map((variable) => tf.mul(tf.sum(variable), 0))));
}

/**
 * `LanguageModel.step` for a model that has a differentiable `forward`: one token per sequence.
 */
export function tensorStep(
  model: TrainableModel,
  state: StackState,
  inputIds: ArrayLike<number>,
): MaybePromise<LanguageModelStep<StackState>> {
  const { batchSize } = state;
  const result = tidyForward(
    model,
    Int32Array.from(inputIds),
    () => fromStackState(state, model.config),
  );
  return whenReady(
    readTensors([result.logits]),
    ([logits]) =>
      whenReady(toStackState(result.state, batchSize), (next) => {
        tf.dispose([result.logits, ...stateTensors(result.state)]);
        return { logits, state: next };
      }),
  ) as MaybePromise<LanguageModelStep<StackState>>;
}

function tidyForward(
  model: TrainableModel,
  inputIds: Int32Array,
  state: () => CellState,
  timeSteps = 1,
) {
  // The tensors are nested in records, which tidy's type does not follow though its code does.
  return tf.tidy(() =>
    model.forward(
      { inputIds, timeSteps, batchSize: inputIds.length / timeSteps },
      state(),
    ) as unknown as tf.TensorContainer
  ) as unknown as ReturnType<TrainableModel["forward"]>;
}

const WINDOW = 128;

/** `LanguageModel.tokenLosses`: windows of 128 tokens at a time, the state carried between them. */
export async function tensorTokenLosses(
  model: TrainableModel,
  ids: Int32Array,
): Promise<Float64Array> {
  const losses = new Float64Array(ids.length - 1);
  let state = model.initialTensorState(1);
  for (let start = 0; start < losses.length; start += WINDOW) {
    const inputIds = ids.slice(start, Math.min(start + WINDOW, losses.length));
    const result = tidyForward(model, inputIds, () => state, inputIds.length);
    const [logits] = await readTensors([result.logits]);
    tf.dispose([result.logits, ...stateTensors(state)]);
    state = result.state;
    for (let i = 0; i < inputIds.length; i++) {
      const logProbabilities = logSoftmaxRow(logits, model.vocabulary.size, i);
      losses[start + i] = -logProbabilities[ids[start + i + 1]];
    }
  }
  tf.dispose(stateTensors(state));
  return losses;
}

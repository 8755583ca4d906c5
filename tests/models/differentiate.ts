import * as tf from "@tensorflow/tfjs";
import type { LayerWeights } from "lib/kernels/cell_step.ts";
import { oneHotRows } from "lib/kernels/one_hot.ts";
import { recurrentSequence } from "lib/kernels/recurrent_sequence.ts";
import type { CellState } from "lib/models/cells/cell.ts";
import { fromStackState, stateTensors, zeroStackState } from "lib/models/cells/stack.ts";
import type { RecurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { crossEntropy } from "lib/training/engines/cross_entropy.ts";
import type { PytorchCase } from "../kernels/pytorch_cases.ts";
import { shiftedSequence, type StateShifts } from "../kernels/shifted_sequence.ts";

type Numbers = ArrayLike<number>;

/** Loss of a window and its gradients with respect to all there is. */
export interface Differentiated {
  readonly loss: number;
  readonly logits: Numbers;
  readonly positionLosses: Numbers;
  readonly finalHiddenState: Numbers;
  readonly finalCellState: Numbers;
  readonly gradients: Record<string, Numbers>;
  /** Layers' hidden states, then their cell states: [layer, batch, hidden] each. */
  readonly initialStateGradients: Numbers[];
  /** By layer, [time, batch, hidden]; the cells' are empty but for an LSTM. */
  readonly hiddenGradients: Numbers[];
  readonly cellGradients: Numbers[];
}

/** Runs the window of a fixture through a model, on the current backend. */
export function differentiate(model: RecurrentLanguageModel, window: PytorchCase): Differentiated {
  return tf.tidy(() => {
    const { timeSteps, batchSize, inputIds, targetIds, mask, config } = window;
    const { layerCount, hiddenSize } = config;
    const isLstm = config.cell === "lstm";
    const zero = zeroStackState(config, batchSize);
    const start = fromStackState({
      batchSize,
      hiddenState: Float32Array.from(window.hiddenState ?? zero.hiddenState),
      ...(isLstm && { cellState: Float32Array.from(window.cellState ?? zero.cellState!) }),
    }, config);
    const weights = tf.tensor1d(mask ?? new Array(timeSteps * batchSize).fill(1));
    const inputs = tf.reshape(oneHotRows(Int32Array.from(inputIds), config.inputSize), [
      timeSteps,
      batchSize,
      config.inputSize,
    ]) as tf.Tensor3D;
    const states = stateTensors(start);
    const run = (given: tf.Tensor[], shifted?: { layer: number; shifts: StateShifts }) => {
      const state = start.map((_, place) => ({
        hiddenState: given[place] as tf.Tensor2D,
        ...(isLstm && { cellState: given[layerCount + place] as tf.Tensor2D }),
      }));
      const { outputs, state: final } = shifted
        ? { outputs: layerByLayer(model, { inputs, state, ...shifted }), state }
        : model.cell.sequence(state, inputs);
      const rows = tf.reshape(outputs, [timeSteps * batchSize, hiddenSize]) as tf.Tensor2D;
      const logits = model.scores(rows);
      const losses = crossEntropy(logits, Int32Array.from(targetIds));
      const loss = tf.div(tf.sum(tf.mul(losses, weights)), tf.sum(weights)) as tf.Scalar;
      return { loss, logits, losses, final };
    };
    const read = (tensors: tf.Tensor[]) => tensors.map((tensor) => tensor.dataSync().slice());
    const plain = run(states);
    const variables = Object.values(model.parameters);
    const gradients = tf.grads((...args: tf.Tensor[]) => run(args.slice(variables.length)).loss)([
      ...variables,
      ...states,
    ]);
    const names = Object.keys(model.parameters);
    const layers = Array.from({ length: layerCount }, (_, layer) => layer);
    const shifted = layers.map((layer) => {
      const zeros = () => tf.zeros([timeSteps, batchSize, hiddenSize]);
      const loss = (...[hidden, cell]: tf.Tensor[]) =>
        run(states, { layer, shifts: { hidden, cell } }).loss;
      return read(tf.grads(loss)(isLstm ? [zeros(), zeros()] : [zeros()]));
    });
    const finals = read(stateTensors(plain.final)).map((values) => [...values]);
    return {
      loss: plain.loss.dataSync()[0],
      logits: plain.logits.dataSync().slice(),
      positionLosses: plain.losses.dataSync().slice(),
      finalHiddenState: finals.slice(0, layerCount).flat(),
      finalCellState: finals.slice(layerCount).flat(),
      gradients: Object.fromEntries(
        read(gradients.slice(0, names.length)).map((values, place) => [names[place], values]),
      ),
      initialStateGradients: read(gradients.slice(names.length)),
      hiddenGradients: shifted.map(([hidden]) => hidden),
      cellGradients: shifted.map(([, cell]) => cell ?? []),
    } as unknown as tf.TensorContainer;
  }) as unknown as Differentiated;
}

/** Outputs of the model's top layer, one layer run with terms on its states. */
function layerByLayer(
  model: RecurrentLanguageModel,
  { inputs, state, layer, shifts }: {
    inputs: tf.Tensor3D;
    state: CellState;
    layer: number;
    shifts: StateShifts;
  },
): tf.Tensor3D {
  const { cell: kind } = model.config;
  return state.reduce((below, initialState, place) => {
    const names = ["inputWeights", "recurrentWeights", "bias", "recurrentBias"];
    const weights = Object.fromEntries(
      names.map((name) => [name, model.parameters[`layer${place}/${name}`]]),
    ) as unknown as LayerWeights;
    return place === layer
      ? shiftedSequence(kind, weights, { inputs: below, initialState, shifts })
      : recurrentSequence(kind, weights, { inputs: below, initialState }).hiddenStates;
  }, inputs);
}

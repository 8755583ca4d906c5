import * as tf from "@tensorflow/tfjs";
import { oneHotRows } from "lib/kernels/one_hot.ts";
import { type MaybePromise, readTensors } from "lib/kernels/read_tensor.ts";
import type { AttentionRnn } from "lib/models/cells/attention_rnn.ts";
import type { Cell } from "lib/models/cells/cell.ts";
import type { EncoderDecoder } from "lib/models/encoder_decoder.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import type { OutputLayer } from "lib/models/output/output_layer.ts";
import type { InputWindow } from "lib/text/windows/window.ts";

/** Something that scores every position of a window, put together from parts of models. */
export interface WindowScores {
  readonly name: string;
  /** [time, batch, scores], flat; what `scores` is, is what came out. */
  scores(window: InputWindow): MaybePromise<ArrayLike<number>>;
  dispose(): void;
}

/** A cell under an output layer: the layer's log-probabilities of each of the cell's states. */
export function scoresOfStates(
  name: string,
  { cell, layer }: { cell: Cell; layer: OutputLayer },
): WindowScores {
  return {
    name: `${name}, ${layer.name}`,
    async scores(window) {
      const outputs = tf.tidy(() =>
        cell.sequence(cell.initialState(window.batchSize), oneHotInputs(window, cell.inputSize))
          .outputs
      );
      const [states] = await readTensors([outputs]);
      outputs.dispose();
      const positions = states.length / cell.hiddenSize;
      return Array.from({ length: positions }, (_, position) => {
        const start = position * cell.hiddenSize;
        const state = Float64Array.from(states.subarray(start, start + cell.hiddenSize));
        return [...layer.logProbabilities(state)];
      }).flat();
    },
    dispose: () => cell.dispose(),
  };
}

/** A network that answers at the end of a sequence, asked after each time step. */
export function scoresOfAnswers(name: string, network: AttentionRnn): WindowScores {
  return {
    name,
    async scores({ inputIds, timeSteps, batchSize }) {
      const answers = Array.from({ length: timeSteps }, (_, time) =>
        tf.tidy(() => {
          const read = {
            inputIds: inputIds.subarray(0, (time + 1) * batchSize),
            ...{ timeSteps: time + 1, batchSize },
          };
          return network.answer(oneHotInputs(read, network.encoder.inputSize)).outputs;
        }));
      const rows = await readTensors(answers);
      tf.dispose(answers);
      return rows.flatMap((row) => [...row]);
    },
    dispose: () => network.dispose(),
  };
}

/** A network that reads one sequence and writes another: the window is both. */
export function scoresOfTargets(name: string, network: EncoderDecoder): WindowScores {
  return {
    name,
    async scores({ inputIds, timeSteps, batchSize }) {
      const mask = new Float32Array(inputIds.length).fill(1);
      const target = { targetSteps: timeSteps, inputIds, targetIds: inputIds, targetMask: mask };
      const source = { sourceSteps: timeSteps, sourceIds: inputIds, sourceMask: mask };
      const logits = tf.tidy(() => network.scores({ batchSize, ...source, ...target }).logits);
      const [scores] = await readTensors([logits]);
      logits.dispose();
      return scores;
    },
    dispose: () => network.dispose(),
  };
}

/** A window read by the contract's `step`, one token of each sequence at a time. */
export async function scoresOfSteps(
  model: LanguageModel,
  { inputIds, timeSteps, batchSize }: InputWindow,
): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  let state = model.initialState(batchSize);
  for (let time = 0; time < timeSteps; time++) {
    const ids = inputIds.subarray(time * batchSize, (time + 1) * batchSize);
    const result = await model.step(state, ids);
    rows.push(result.logits);
    state = result.state;
  }
  return rows;
}

function oneHotInputs({ inputIds, timeSteps, batchSize }: InputWindow, size: number): tf.Tensor3D {
  return tf.reshape(oneHotRows(inputIds, size), [timeSteps, batchSize, size]);
}

import * as tf from "@tensorflow/tfjs";
import type { LayerWeights } from "lib/kernels/cell_step.ts";
import { fusedSequence } from "lib/kernels/fused/fused_sequence.ts";
import { oneHotRows } from "lib/kernels/one_hot.ts";
import { readTensors } from "lib/kernels/read_tensor.ts";
import { attention, type AttentionScore } from "lib/models/attention/attention.ts";
import type { Cell } from "lib/models/cells/cell.ts";
import { gru } from "lib/models/cells/recurrent_cell.ts";
import { glorot, orthogonal } from "lib/models/initialisers.ts";
import type { Random } from "lib/random/random_stream.ts";
import type { PairBatch } from "lib/sources/reversal_task.ts";

/** How the decoder looks at the source: through its states, or through one vector alone. */
export type SourceView = AttentionScore | "fixed vector";

/** What an encoder-decoder is made of. */
export interface EncoderDecoderOptions {
  readonly vocabularySize: number;
  readonly hiddenSize: number;
  readonly view: SourceView;
  readonly random: Random;
}

/** What is read. */
export type SourceBatch = Pick<PairBatch, "batchSize" | "sourceSteps" | "sourceIds" | "sourceMask">;

/** Scores for every target, and where the decoder looked. */
export interface DecoderScores {
  /** [targetSteps * batch, vocabularySize] */
  readonly logits: tf.Tensor2D;
  /** [targetSteps, sourceSteps, batch]: sums to 1 over the source; none for the fixed vector. */
  readonly weights?: tf.Tensor3D;
}

/** What the decoder wrote by itself. */
export interface Written {
  /** [steps, batch] */
  readonly ids: Int32Array;
  /** [steps, sourceSteps, batch]; empty for the fixed vector. */
  readonly weights: Float32Array;
}

/** Reads one sequence and writes another. */
export interface EncoderDecoder {
  readonly parameters: Readonly<Record<string, tf.Variable>>;
  readonly parameterCount: number;
  /** Given the right targets one step late (teacher forcing). Differentiable. */
  scores(batch: PairBatch): DecoderScores;
  /**
   * Greedy: given at each step the likeliest token of the step before, the start marker first.
   *
   * @throws {RangeError} if the start is no id, or the steps are no whole number.
   */
  write(source: SourceBatch, options: { startId: number; steps: number }): Promise<Written>;
  dispose(): void;
}

/**
 * A GRU that reads, h_1 ... h_T, and a GRU that writes, s_0 = h_T, s_i = GRU(s_i-1, y_i-1), with scores
 * (s_i, c_i) W + b for the token y_i (Cho et al. 2014; Bahdanau, Cho, Bengio 2015).
 *
 * The context c_i is what s_i attends to among h_1 ... h_T, or, as a contrast, the fixed vector h_T at every
 * step: all else is equal. It goes to the scores and not into the next state, and s_i asks, not s_i-1 (Luong,
 * Pham, Manning 2015, section 3.1, without their extra layer): so all steps of the decoder's training are one sequence.
 */
export function encoderDecoder(options: EncoderDecoderOptions): EncoderDecoder {
  const { vocabularySize, hiddenSize, view, random } = options;
  const recurrent = { inputInitialiser: glorot(), recurrentInitialiser: orthogonal(), random };
  const sizes = { inputSize: vocabularySize, hiddenSize };
  const encoder = gru({ ...sizes, ...recurrent, layerName: "encoder" });
  const decoder = gru({ ...sizes, ...recurrent, layerName: "decoder" });
  const looking = view === "fixed vector"
    ? undefined
    : attention({ hiddenSize, score: view, random });
  const values = glorot()(2 * hiddenSize, vocabularySize, random);
  const weights = tf.tidy(() => tf.variable(tf.tensor2d(values, [2 * hiddenSize, vocabularySize])));
  const bias = tf.tidy(() => tf.variable(tf.zeros([vocabularySize])));
  const parameters = {
    ...encoder.parameters,
    ...decoder.parameters,
    ...looking?.parameters,
    "output/weights": weights,
    "output/bias": bias,
  };
  const oneHot = (ids: Int32Array, batchSize: number) =>
    tf.reshape(oneHotRows(ids, vocabularySize), [-1, batchSize, vocabularySize]) as tf.Tensor3D;

  /** States of the source, and the state after each source's own last token. */
  const read = ({ batchSize, sourceSteps, sourceIds, sourceMask }: SourceBatch) => {
    const [start] = encoder.initialState(batchSize);
    const states = runGru(encoder, start.hiddenState, oneHot(sourceIds, batchSize));
    const mask = tf.tensor2d(sourceMask, [sourceSteps, batchSize]);
    const isLast = tf.tensor3d(lastPlaces(sourceMask, batchSize), [sourceSteps, batchSize, 1]);
    return { states, mask, last: tf.sum(tf.mul(states, isLast), 0) as tf.Tensor2D };
  };
  type Source = ReturnType<typeof read>;
  /** Scores after the decoder's states [steps, batch, hiddenSize]. */
  const scored = (written: tf.Tensor3D, source: Source): DecoderScores => {
    const attended = looking?.attend(written, source.states, source.mask);
    const fixed = () => tf.add(tf.zerosLike(written), tf.expandDims(source.last, 0));
    const both = tf.concat([written, attended?.context ?? fixed()], 2);
    const rows = tf.reshape(both, [-1, 2 * hiddenSize]) as tf.Tensor2D;
    const logits = tf.add(tf.matMul(rows, weights as unknown as tf.Tensor2D), bias) as tf.Tensor2D;
    return { logits, weights: attended?.weights };
  };
  return {
    parameters,
    parameterCount: Object.values(parameters).reduce((sum, { size }) => sum + size, 0),
    scores(batch) {
      const source = read(batch);
      const inputs = oneHot(batch.inputIds, batch.batchSize);
      return scored(runGru(decoder, source.last, inputs), source);
    },
    async write(batch, { startId, steps }) {
      const { batchSize, sourceSteps } = batch;
      requireWriting({ startId, steps }, vocabularySize);
      const ids = new Int32Array(steps * batchSize);
      const looks = new Float32Array(looking ? steps * sourceSteps * batchSize : 0);
      const source = tf.tidy(() => read(batch));
      let hiddenState = source.last.clone();
      let inputIds = new Int32Array(batchSize).fill(startId);
      for (let step = 0; step < steps; step++) {
        const next = tf.tidy(() => {
          const after = runGru(decoder, hiddenState, oneHot(inputIds, batchSize));
          const { logits, weights } = scored(after, source);
          const best = tf.cast(tf.argMax(logits, 1), "float32");
          const next = tf.reshape(after, [batchSize, hiddenSize]) as tf.Tensor2D;
          return { best, hiddenState: next, ...(weights && { weights }) };
        });
        hiddenState.dispose();
        hiddenState = next.hiddenState;
        const [best, seen] = await readTensors([
          next.best,
          ...(next.weights ? [next.weights] : []),
        ]);
        tf.dispose([next.best, next.weights ?? []] as tf.TensorContainer);
        inputIds = Int32Array.from(best);
        ids.set(inputIds, step * batchSize);
        if (seen) looks.set(seen, step * sourceSteps * batchSize);
      }
      tf.dispose([hiddenState, source]);
      return { ids, weights: looks };
    },
    dispose() {
      encoder.dispose();
      decoder.dispose();
      looking?.dispose();
      tf.dispose([weights, bias]);
    },
  };
}

/** States [time, batch, hiddenSize], by the fused kernel: plain tfjs takes a dozen operations a step. */
function runGru(cell: Cell, hiddenState: tf.Tensor2D, inputs: tf.Tensor3D): tf.Tensor3D {
  const weights = Object.fromEntries(
    Object.entries(cell.parameters).map(([name, own]) => [name.split("/")[1], own]),
  ) as unknown as LayerWeights;
  return fusedSequence("gru", weights, { inputs, initialState: { hiddenState } }).hiddenStates;
}

/** @throws {RangeError} if the start is no id, or the steps are no whole number. */
function requireWriting(
  { startId, steps }: { startId: number; steps: number },
  vocabularySize: number,
): void {
  if (!(Number.isInteger(startId) && startId >= 0 && startId < vocabularySize)) {
    throw new RangeError(
      `Cannot write: startId must be an id below ${vocabularySize}, got ${startId}.`,
    );
  }
  if (!Number.isSafeInteger(steps) || steps < 0) {
    throw new RangeError(`Cannot write: steps must be a whole number >= 0, got ${steps}.`);
  }
}

/** 1 at each sequence's last token, [sourceSteps, batch]. */
function lastPlaces(mask: Float32Array, batchSize: number): Float32Array {
  return mask.map((own, at) => own * (1 - (mask[at + batchSize] ?? 0)));
}

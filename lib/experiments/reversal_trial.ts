import { encoderDecoder, type SourceView } from "lib/models/encoder_decoder.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { type PairBatch, type ReversalTask, reversalTask } from "lib/sources/reversal_task.ts";
import { pairLearner } from "lib/training/tasks/pair_learner.ts";
import { trainingLoop } from "lib/training/training_loop.ts";

/** What is trained, on strings of which length, and for how long. */
export interface ReversalTrialOptions {
  /** How the decoder sees the source: with attention of one kind or the other, or as one fixed vector. */
  readonly view: SourceView;
  /** Characters of a string. */
  readonly length: number;
  readonly seed: number;
  /** Updates of Adam; 300 unless told. */
  readonly trainingSteps?: number;
  /** 32 unless told. */
  readonly hiddenSize?: number;
  /** Strings of an update; 32 unless told. */
  readonly batchSize?: number;
  /** Of the first update; it falls in a straight line to 0. 0.02 unless told. */
  readonly learningRate?: number;
  /** Fresh strings to be reversed in the end; 200 unless told. */
  readonly testStrings?: number;
  /** Called after every update. */
  readonly onStep?: (trainingStep: number, lossNats: number) => void;
}

/** How well a trained encoder-decoder reverses strings that it has not seen. */
export interface ReversalTrial {
  readonly view: SourceView;
  readonly length: number;
  /** Share of strings written back without a mistake, end marker included. */
  readonly exactMatch: number;
  /** Share of characters, end marker included, that stand right. */
  readonly characterAccuracy: number;
  /** Mean training loss of the last tenth of the updates, nats per character. */
  readonly lossNats: number;
  readonly parameterCount: number;
  /** The first test string, with its markers, and what was made of it. */
  readonly source: string;
  readonly written: string;
  /** Of that string, one row per character written: [written][source], rows sum to 1. Empty without attention. */
  readonly attentionWeights: readonly (readonly number[])[];
}

/**
 * Trains an encoder-decoder to reverse strings of one length, and has it reverse fresh ones, greedily.
 *
 * Seed and length decide the strings, of training and test, whatever the view.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function reversalTrial(options: ReversalTrialOptions): Promise<ReversalTrial> {
  const { view, length, seed, trainingSteps = 300, hiddenSize = 32, batchSize = 32 } = options;
  const { learningRate = 0.02, testStrings = 200, onStep } = options;
  const task = reversalTask({ length });
  const network = encoderDecoder({
    ...{ vocabularySize: task.vocabulary.size, hiddenSize, view },
    random: randomStream(seed, "initial weights"),
  });
  const optimizer = { kind: "adam", learningRate } as const;
  const learner = pairLearner(network, { optimizer, maxGradientNorm: 1 });
  const strings = randomStream(seed, `${task.name}: training strings`);
  let lossSum = 0;
  const last = Math.ceil(trainingSteps / 10);
  const loop = trainingLoop(learner, {
    batchAt: () => task.batch(batchSize, strings),
    ...{ trainingSteps, learningRate, maxGradientNorm: 1 },
    learningRateAt: (step) => learningRate * (1 - step / trainingSteps),
  });
  try {
    for await (const { trainingStep, result: { loss } } of loop) {
      if (trainingStep > trainingSteps - last) lossSum += loss;
      onStep?.(trainingStep, loss);
    }
    const test = task.batch(testStrings, randomStream(seed, `${task.name}: test strings`));
    const writing = { startId: task.startId, steps: test.targetSteps };
    const { ids, weights } = await network.write(test, writing);
    return {
      ...{ view, length, parameterCount: network.parameterCount, lossNats: lossSum / last },
      ...reversalScores(test, ids),
      source: firstString(task, { ids: test.sourceIds, batchSize: testStrings }),
      written: firstString(task, { ids, batchSize: testStrings }),
      attentionWeights: weights.length === 0 ? [] : firstRows(test, weights),
    };
  } finally {
    learner.dispose();
    network.dispose();
  }
}

/** Shares of strings and of characters that stand right; `ids` [targetSteps, batch]. */
export function reversalScores(
  { batchSize, targetSteps, targetIds, targetMask }: PairBatch,
  ids: Int32Array,
): { exactMatch: number; characterAccuracy: number } {
  let [right, counted, exact] = [0, 0, 0];
  for (let row = 0; row < batchSize; row++) {
    let wrong = 0;
    for (let at = row; at < targetSteps * batchSize; at += batchSize) {
      if (targetMask[at] === 0) continue;
      counted++;
      if (ids[at] === targetIds[at]) right++;
      else wrong++;
    }
    if (wrong === 0) exact++;
  }
  return { exactMatch: exact / batchSize, characterAccuracy: right / counted };
}

function firstString(
  { vocabulary }: ReversalTask,
  { ids, batchSize }: { ids: Int32Array; batchSize: number },
): string {
  return Array.from(ids).filter((_, at) => at % batchSize === 0)
    .map((id) => vocabulary.tokens[id]).join("");
}

/** The first string's weights [written][source] out of [written, source, batch]. */
function firstRows({ batchSize, sourceSteps, targetSteps }: PairBatch, weights: Float32Array) {
  return Array.from(
    { length: targetSteps },
    (_, step) =>
      Array.from(
        { length: sourceSteps },
        (_, time) => weights[(step * sourceSteps + time) * batchSize],
      ),
  );
}

import type { CellKind } from "lib/kernels/network_config.ts";
import {
  type ModelInitialisers,
  recurrentLanguageModel,
} from "lib/models/recurrent_language_model.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { chooseEngine } from "lib/training/engines/choose_engine.ts";

/** The network before training, and the tokens it is measured on. */
export interface UntrainedLossOptions {
  readonly vocabularySize: number;
  readonly cell: CellKind;
  readonly hiddenSize: number;
  readonly initialisers: ModelInitialisers;
  /** Sequences measured side by side; 8 unless told. */
  readonly batchSize?: number;
  /** 16 unless told. */
  readonly timeSteps?: number;
  /** Draws weights and tokens. */
  readonly seed: number;
}

/** What a network says before it has learnt anything. */
export interface UntrainedLoss {
  readonly vocabularySize: number;
  /** Mean over the positions, targets drawn uniformly. */
  readonly lossNats: number;
  /** Mean over the positions of the variance of a position's scores. */
  readonly scoreVariance: number;
  /** ln V + scoreVariance / 2: what normal scores cost to second order. */
  readonly predictedNats: number;
  /** Greatest |sum of a position's probabilities - 1|. */
  readonly sumError: number;
}

/**
 * The loss of a network before training, on random tokens.
 *
 * With scores z independent of the target, the expected loss is E[ln sum exp z] - E[z]; for scores of
 * variance s² spread normally that is ln V + s²/2, up to what a finite V adds.
 */
export async function untrainedLoss(options: UntrainedLossOptions): Promise<UntrainedLoss> {
  const { vocabularySize: size, batchSize = 8, timeSteps = 16, seed, ...architecture } = options;
  const vocabulary = createVocabulary(Array.from({ length: size }, (_, id) => `${id}`));
  const model = recurrentLanguageModel({
    ...architecture,
    vocabulary,
    random: randomStream(seed, "initial weights"),
  });
  // Plain tfjs: starting the fused kernels would take longer than these few steps.
  const engine = await chooseEngine(model, { timeSteps, batchSize, engine: "tfjs" });
  const draw = randomStream(seed, "random tokens");
  const tokens = () =>
    Int32Array.from({ length: timeSteps * batchSize }, () => Math.floor(draw() * size));
  const window = { timeSteps, batchSize, inputIds: tokens(), targetIds: tokens() };
  const { loss, outputs } = await engine.evaluate(window, { outputs: true });
  engine.dispose();
  model.dispose();
  const positions = Array.from({ length: timeSteps * batchSize }, (_, row) => {
    const logProbabilities = logSoftmaxRow(outputs!, size, row);
    let sum = 0;
    for (const value of logProbabilities) sum += Math.exp(value);
    return {
      variance: variance(outputs!.subarray(row * size, (row + 1) * size)),
      sumError: Math.abs(sum - 1),
    };
  });
  const scoreVariance = positions.reduce((sum, { variance }) => sum + variance, 0) /
    positions.length;
  return {
    vocabularySize: size,
    lossNats: loss,
    scoreVariance,
    predictedNats: Math.log(size) + scoreVariance / 2,
    sumError: Math.max(...positions.map(({ sumError }) => sumError)),
  };
}

function variance(values: Float32Array | Float64Array): number {
  let sum = 0, squares = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  for (const value of values) squares += (value - mean) ** 2;
  return squares / values.length;
}

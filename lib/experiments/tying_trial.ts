import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { countTokens } from "lib/experiments/tokenizer_trial.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { bitsPerChar } from "lib/text/loss_units.ts";
import { fittingStreamWindows } from "lib/text/windows/stream_windows.ts";
import type { Tokenizer } from "lib/text/tokenizers/tokenizer.ts";
import { evaluate } from "lib/training/evaluate.ts";
import { trainTied } from "lib/training/train_tied.ts";

/** One RNN, and how it is trained. */
export interface TyingTrialOptions {
  readonly trainingText: string;
  readonly validationText: string;
  readonly hiddenSize: number;
  /** Default 1. */
  readonly layerCount?: number;
  readonly tied: boolean;
  readonly trainingSteps: number;
  readonly learningRate: number;
  readonly seeds: readonly number[];
}

/** What it reached. */
export interface TyingTrial {
  /** A shared matrix counted once. */
  readonly parameterCount: number;
  /** On the validation text, one per seed. */
  readonly bitsPerChar: readonly number[];
}

/**
 * Trains a vanilla RNN with input and output embeddings tied or apart (`trainTied`), once per seed.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function tyingTrial(
  tokenizer: Tokenizer,
  options: TyingTrialOptions,
): Promise<TyingTrial> {
  const { hiddenSize, layerCount, tied, trainingSteps, learningRate, validationText } = options;
  const { vocabulary, encode } = tokenizer;
  const schedule = fittingStreamWindows(encode(options.trainingText), {
    batchSize: 16,
    unrollLength: 16,
  });
  const windows = fittingStreamWindows(encode(validationText), { batchSize: 4, unrollLength: 32 });
  const counts = countTokens(validationText, tokenizer);
  const results: number[] = [];
  let parameterCount = 0;
  for (const seed of options.seeds) {
    const random = randomStream(seed, "initial weights");
    const sizes = { cell: "rnn-tanh", hiddenSize, layerCount } as const;
    const model = recurrentLanguageModel({ vocabulary, ...sizes, random });
    try {
      await trainTied(model, schedule, { tied, trainingSteps, learningRate, maxGradientNorm: 1 });
      results.push(bitsPerChar((await evaluate(model, windows)).lossNats, counts));
      parameterCount = model.parameterCount - (tied ? vocabulary.size * hiddenSize : 0);
    } finally {
      model.dispose();
    }
  }
  return { parameterCount, bitsPerChar: results };
}

import { type CellKind, type NetworkConfig } from "lib/kernels/network_config.ts";
import { fittingHiddenSize } from "lib/models/fitting_hidden_size.ts";
import { multiplyAdds } from "lib/probes/cost/multiply_adds.ts";
import { countCharacters } from "lib/text/corpus_file.ts";
import { bitsPerChar } from "lib/text/loss_units.ts";
import { splitPieces } from "lib/text/tokenizers/split_pieces.ts";
import { fittingStreamWindows } from "lib/text/windows/stream_windows.ts";
import type { Tokenizer } from "lib/text/tokenizers/tokenizer.ts";
import { evaluate } from "lib/training/evaluate.ts";
import { trainNewModel } from "lib/training/train_new_model.ts";

/** What every tokenizer's model is given alike. */
export interface TokenizerTrialOptions {
  readonly trainingText: string;
  readonly validationText: string;
  readonly cell: CellKind;
  /** The hidden size is the largest that keeps to it. */
  readonly parameterCount: number;
  /** How long to train: characters read, or multiply-adds made. */
  readonly budget: { readonly characters: number } | { readonly multiplyAdds: number };
  /** Parallel streams; fewer where a text is too short for them. */
  readonly batchSize: number;
  /** Tokens of a window; fewer where a text has fewer. */
  readonly unrollLength: number;
  readonly learningRate: number;
  readonly seed: number;
}

/** A tokenizer, the model over it, and what it reached. */
export interface TokenizerTrial extends TokenizerCounts {
  readonly hiddenSize: number;
  readonly parameterCount: number;
  /** Of the output layer, among all parameters. */
  readonly outputParameterShare: number;
  readonly trainingSteps: number;
  readonly charactersRead: number;
  /** Of training, all steps together. */
  readonly multiplyAdds: number;
  /** Of training, per character read. */
  readonly multiplyAddsPerCharacter: number;
  /** On the validation text, per token. */
  readonly lossNats: number;
  /** On the validation text, per character of it as it was written; nothing for what was lost. */
  readonly bitsPerChar: number;
  /** The same with every unknown word spelled out, its letters and an end mark equally likely. */
  readonly spelledBitsPerChar: number;
  /** A timing: differs from run to run. */
  readonly secondsPerStep: number;
  /** A timing, of training: differs from run to run. */
  readonly secondsPerCharacter: number;
}

/** What a tokenizer makes of a text. */
export interface TokenizerCounts {
  readonly tokenizer: string;
  readonly vocabularySize: number;
  /** Vocabulary entries that come in the text. */
  readonly tokensUsed: number;
  readonly tokens: number;
  readonly characters: number;
  readonly charactersPerToken: number;
  /** Whether the text comes back from its ids. */
  readonly isLossless: boolean;
}

/** Counts a tokenizer's tokens on a text; characters are Unicode code points. */
export function countTokens(text: string, tokenizer: Tokenizer): TokenizerCounts {
  const ids = tokenizer.encode(text);
  const characters = countCharacters(text);
  return {
    tokenizer: tokenizer.name,
    vocabularySize: tokenizer.vocabulary.size,
    tokensUsed: new Set(ids).size,
    tokens: ids.length,
    characters,
    charactersPerToken: characters / ids.length,
    isLossless: tokenizer.decode(ids) === text,
  };
}

/** Fewest tokens of a text that a loss per token is learnt from or measured on. */
const fewestTokens = 20;

/**
 * Whether a tokenizer cuts both texts into tokens enough for a trial, 20 at least: one of words does not
 * where a text has no spaces.
 */
export function cutsIntoEnough(
  { encode }: Tokenizer,
  { trainingText, validationText }: Pick<TokenizerTrialOptions, "trainingText" | "validationText">,
): boolean {
  return [trainingText, validationText].every((text) => encode(text).length >= fewestTokens);
}

/**
 * Trains a model over a tokenizer within a budget of parameters, characters or multiply-adds, and
 * measures it per character.
 *
 * Bits per character are the loss of the whole validation text divided by its characters as written:
 * the one unit in which tokenizers compare. A tokenizer that loses text is not charged for what it lost;
 * for unknown words there is also the loss with their spelling.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function tokenizerTrial(
  tokenizer: Tokenizer,
  options: TokenizerTrialOptions,
): Promise<TokenizerTrial> {
  const { cell, batchSize, unrollLength, learningRate, seed } = options;
  const size = tokenizer.vocabulary.size;
  const sizes = {
    cell,
    inputSize: size,
    outputSize: size,
    layerCount: 1,
    biasesPerGate: 1,
  } as const;
  const hiddenSize = fittingHiddenSize({ ...sizes, parameterCount: options.parameterCount });
  const config: NetworkConfig = { ...sizes, hiddenSize };
  const trainingIds = tokenizer.encode(options.trainingText);
  const charactersPerToken = countCharacters(options.trainingText) / trainingIds.length;
  const schedule = fittingStreamWindows(trainingIds, { batchSize, unrollLength });
  const { largestWindow } = schedule;
  const tokensPerStep = largestWindow.batchSize * largestWindow.timeSteps;
  const stepCost = tokensPerStep * multiplyAdds(config).training;
  const trainingSteps = Math.max(
    1,
    Math.round(
      "characters" in options.budget
        ? options.budget.characters / (tokensPerStep * charactersPerToken)
        : options.budget.multiplyAdds / stepCost,
    ),
  );
  const { model, records } = await trainNewModel({
    vocabulary: tokenizer.vocabulary,
    cell,
    hiddenSize,
    schedule,
    training: {
      optimizer: { kind: "adam", learningRate },
      maxGradientNorm: 1,
      trainingSteps,
      recordEvery: trainingSteps,
    },
    seed,
  });
  const validationIds = tokenizer.encode(options.validationText);
  const windows = fittingStreamWindows(validationIds, { batchSize: 4, unrollLength });
  const { lossNats } = await evaluate(model, windows).finally(() => model.dispose());
  const counts = countTokens(options.validationText, tokenizer);
  const charactersRead = trainingSteps * tokensPerStep * charactersPerToken;
  const { elapsedSeconds } = records[records.length - 1];
  return {
    ...counts,
    hiddenSize,
    parameterCount: model.parameterCount,
    outputParameterShare: (hiddenSize + 1) * size / model.parameterCount,
    trainingSteps,
    charactersRead,
    multiplyAdds: trainingSteps * stepCost,
    multiplyAddsPerCharacter: stepCost / (tokensPerStep * charactersPerToken),
    lossNats,
    bitsPerChar: bitsPerChar(lossNats, counts),
    spelledBitsPerChar: bitsPerChar(lossNats, counts) +
      spellingBits(validationIds, { tokenizer, options }) / counts.characters,
    secondsPerStep: elapsedSeconds / trainingSteps,
    secondsPerCharacter: elapsedSeconds / charactersRead,
  };
}

/** Bits to spell out the words that became the unknown token, by the alphabet of the training text. */
function spellingBits(
  validationIds: Int32Array,
  { tokenizer: { vocabulary }, options }: { tokenizer: Tokenizer; options: TokenizerTrialOptions },
): number {
  if (!validationIds.some((id) => id === vocabulary.unknownId)) return 0;
  const alphabet = new Set(options.trainingText).size;
  return splitPieces(options.validationText)
    .filter((piece) => vocabulary.idOf(piece) === undefined)
    .reduce((bits, piece) => bits + (countCharacters(piece) + 1) * Math.log2(alphabet + 1), 0);
}

/**
 * `tokenizerTrial` for every tokenizer and seed: [tokenizer][seed].
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function tokenizerTrials(
  tokenizers: readonly Tokenizer[],
  { seeds, ...options }: Omit<TokenizerTrialOptions, "seed"> & {
    readonly seeds: readonly number[];
  },
): Promise<TokenizerTrial[][]> {
  const trials: TokenizerTrial[][] = [];
  for (const tokenizer of tokenizers) {
    const runs: TokenizerTrial[] = [];
    for (const seed of seeds) runs.push(await tokenizerTrial(tokenizer, { ...options, seed }));
    trials.push(runs);
  }
  return trials;
}

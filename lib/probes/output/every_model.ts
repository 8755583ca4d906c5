import { attentionRnn } from "lib/models/cells/attention_rnn.ts";
import { causalTransformer } from "lib/models/transformer/causal_transformer.ts";
import { classSoftmax, frequencyClasses } from "lib/models/output/class_softmax.ts";
import { encoderDecoder } from "lib/models/encoder_decoder.ts";
import { fullSoftmax } from "lib/models/output/full_softmax.ts";
import { gru, irnn, lstm, vanillaRnn } from "lib/models/cells/recurrent_cell.ts";
import { glorot, orthogonal } from "lib/models/initialisers.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import { maskedTransformer } from "lib/models/transformer/masked_transformer.ts";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { positionSpecificModel } from "lib/models/cells/position_specific_model.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { residualRnn } from "lib/models/cells/residual_rnn.ts";
import { sampledSoftmax } from "lib/models/output/sampled_softmax.ts";
import { sourceModel } from "lib/models/source_model.ts";
import { stack } from "lib/models/cells/stack.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import { withoutRecurrence } from "lib/models/cells/without_recurrence.ts";
import {
  scoresOfAnswers,
  scoresOfStates,
  scoresOfTargets,
  type WindowScores,
} from "lib/probes/output/window_scores.ts";
import { type Random, randomStream } from "lib/random/random_stream.ts";
import { markovChain } from "lib/sources/markov_chain.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { trainTied } from "lib/training/train_tied.ts";

/** One small model of every kind that the library has. */
export interface EveryModel {
  /** They have a differentiable `forward`; whether the contract's `step` is theirs too is said with each. */
  readonly trainable: readonly { readonly model: AnyTrainableModel; readonly steps: boolean }[];
  /** They answer the contract only. */
  readonly stepwise: readonly LanguageModel[];
  /** Parts of models, put together: a cell and an output layer, or attention over a cell's states. */
  readonly assembled: readonly WindowScores[];
  dispose(): void;
}

const hiddenSize = 12;

/**
 * A small, untrained model of every kind in `lib/models`, over one vocabulary.
 *
 * @param options.longest time steps that windows may have: some models have a longest
 */
export async function everyModel(
  { vocabulary, seed, longest }: { vocabulary: Vocabulary; seed: number; longest: number },
): Promise<EveryModel> {
  const random = randomStream(seed, "every model");
  const ids = Int32Array.from({ length: 200 }, () => Math.floor(random() * vocabulary.size));
  const stepping = [
    ...recurrentModels(vocabulary, random),
    await tiedModel(vocabulary, { random, ids }),
    positionSpecificModel({
      ...{ vocabulary, cell: "gru", hiddenSize },
      positions: longest,
      random,
    }),
    ...[false, true].map((tiedEmbeddings) => {
      const sizes = { ...transformerSizes(longest), tiedEmbeddings };
      return named(causalTransformer({ vocabulary, ...sizes, random }), tiedEmbeddings);
    }),
  ];
  const filling = [false, true].map((seesFuture) =>
    maskedTransformer({ ...{ vocabulary, seesFuture, random }, ...transformerSizes(longest) })
  );
  const assembled = assembledModels(vocabulary, random);
  return {
    trainable: [
      ...stepping.map((model) => ({ model, steps: true })),
      ...filling.map((model) => ({ model, steps: false })),
    ],
    stepwise: [ngramModel(ids, { vocabulary, order: 3 }), sourceModel(evenChances(vocabulary))],
    assembled,
    dispose: () => [...stepping, ...filling, ...assembled].forEach((model) => model.dispose()),
  };
}

const transformerSizes = (contextLength: number) => ({
  ...{ embeddingSize: 16, blockCount: 1, headCount: 2, contextLength },
});

function recurrentModels(vocabulary: Vocabulary, random: Random): AnyTrainableModel[] {
  const layer = { vocabulary, hiddenSize, random };
  const single = (["rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru", "lstm"] as const)
    .map((cell) => recurrentLanguageModel({ ...layer, cell }));
  const lessOne = withoutRecurrence(single[0]);
  const deep = (["rnn-tanh", "gru", "lstm"] as const).map((cell) =>
    recurrentLanguageModel({ ...layer, cell, layerCount: 2, biasesPerGate: 2 })
  );
  return [...single, lessOne, ...deep];
}

async function tiedModel(
  vocabulary: Vocabulary,
  { random, ids }: { random: Random; ids: Int32Array },
): Promise<AnyTrainableModel> {
  const model = recurrentLanguageModel({ vocabulary, cell: "rnn-tanh", hiddenSize, random });
  const window = { inputIds: ids, targetIds: ids, timeSteps: 20, batchSize: 10, continues: false };
  const schedule = { stepsPerEpoch: 1, largestWindow: window, window: () => window };
  const rates = { learningRate: 0.01, maxGradientNorm: 1 };
  await trainTied(model, schedule, { tied: true, trainingSteps: 1, ...rates });
  return named(model, true);
}

function named<Model extends AnyTrainableModel>(model: Model, tied: boolean): Model {
  return tied ? { ...model, name: `${model.name}, tied` } : model;
}

function assembledModels(vocabulary: Vocabulary, random: Random): WindowScores[] {
  const { size } = vocabulary;
  const matrices = { inputInitialiser: glorot(), recurrentInitialiser: orthogonal() };
  const sizes = { inputSize: size, hiddenSize, random };
  const lower = { ...sizes, ...matrices };
  const upper = { ...lower, inputSize: hiddenSize, layerName: "layer1" };
  const counts = Float64Array.from({ length: size }, (_, id) => size - id);
  const proposal = counts.map((count) => count / ((size * (size + 1)) / 2));
  const layers = {
    full: fullSoftmax({ vocabularySize: size, hiddenSize }),
    sampled: sampledSoftmax({ proposal, hiddenSize, sampleCount: 4, random }),
    classes: classSoftmax({ classOf: frequencyClasses(counts), hiddenSize }),
  };
  const attending = (score: "additive" | "scaled dot product") =>
    attentionRnn({ encoder: gru(lower), outputSize: size, score, random });
  return [
    scoresOfStates("residual RNN", { cell: residualRnn(lower), layer: layers.full }),
    scoresOfStates("IRNN", { cell: irnn(sizes), layer: layers.sampled }),
    scoresOfStates("LSTM on RNN", {
      cell: stack([
        vanillaRnn({ ...lower, activation: "tanh" }),
        lstm({ ...upper, forgetBias: 1 }),
      ]),
      layer: layers.classes,
    }),
    scoresOfAnswers("RNN with additive attention", attending("additive")),
    scoresOfAnswers("RNN with dot-product attention", attending("scaled dot product")),
    scoresOfTargets(
      "encoder-decoder",
      encoderDecoder({ ...{ vocabularySize: size, hiddenSize, random }, view: "additive" }),
    ),
  ];
}

/** A source in which all tokens are as likely, whatever came before. */
function evenChances({ tokens }: Vocabulary) {
  const chances = new Float64Array(tokens.length).fill(1 / tokens.length);
  return markovChain({
    alphabet: tokens,
    order: 0,
    transition: () => chances,
    name: "even chances",
  });
}

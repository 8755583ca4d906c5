import * as tf from "@tensorflow/tfjs";
import { checkedForward } from "lib/models/checked_model.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import {
  type TransformerConfig,
  transformerParameterCount,
} from "lib/models/transformer/transformer_config.ts";
import { transformerParameters } from "lib/models/transformer/transformer_parameters.ts";
import { transformerLogits } from "lib/models/transformer/transformer_pass.ts";
import type { Random } from "lib/random/random_stream.ts";
import { createVocabulary, type Vocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** What a small BERT is made of. */
export interface MaskedTransformerOptions
  extends Omit<TransformerConfig, "vocabularySize" | "tiedEmbeddings"> {
  /** Of the text, without the mask. */
  readonly vocabulary: Vocabulary;
  /** Whether a place sees those after it too. True is BERT; false the same network, looking left only. */
  readonly seesFuture: boolean;
  /** Standard deviation of the initial weights. Default 0.02. */
  readonly deviation?: number;
  readonly random: Random;
}

/** A model that fills gaps. */
export interface MaskedTransformer extends AnyTrainableModel {
  /** The id that stands in a gap: one more than the text's vocabulary has. */
  readonly maskId: number;
}

const MASK = "<mask>";

/**
 * A small BERT: a transformer that is given a text with gaps and scores what belongs into each
 * (Devlin et al. 2019, section 3.1, without its second task and with every gap masked).
 *
 * It answers P(token at a place | all other places). That is no P(next | past): `step` and
 * `tokenLosses` throw, for there is nothing to multiply by the chain rule.
 *
 * @throws {RangeError} as `transformerShapes` does, or if the vocabulary already has the mask.
 */
export function maskedTransformer(options: MaskedTransformerOptions): MaskedTransformer {
  const { seesFuture, deviation, random, embeddingSize, blockCount, headCount, contextLength } =
    options;
  const vocabulary = createVocabulary([...options.vocabulary.tokens, MASK]);
  const sizes = { embeddingSize, blockCount, headCount, contextLength };
  const config = { vocabularySize: vocabulary.size, ...sizes, tiedEmbeddings: true };
  const parameters = transformerParameters(config, { random, deviation });
  const name = `${seesFuture ? "BERT" : "left-only BERT"} ${embeddingSize} x ${blockCount}`;
  const noChainRule = (): never => {
    throw new Error(
      `Cannot predict the next token with ${name}: it fills gaps, it does not go on.`,
    );
  };
  return checkedForward({
    name,
    vocabulary,
    maskId: vocabulary.size - 1,
    config: { ...config, seesFuture },
    fusible: false,
    parameters,
    parameterCount: transformerParameterCount(config),
    initialTensorState: () => [],
    forward: ({ inputIds, timeSteps, batchSize }) => ({
      logits: transformerLogits(parameters, config, { inputIds, timeSteps, batchSize, seesFuture }),
      state: [],
    }),
    initialState: noChainRule,
    step: noChainRule,
    tokenLosses: noChainRule,
    dispose: () => tf.dispose(parameters),
  });
}

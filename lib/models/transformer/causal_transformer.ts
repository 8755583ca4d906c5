import * as tf from "@tensorflow/tfjs";
import { readTensors, whenReady } from "lib/kernels/read_tensor.ts";
import { checkedModel } from "lib/models/checked_model.ts";
import {
  cachedStep,
  emptyCache,
  type KeyValueCache,
  type TransformerNumbers,
} from "lib/models/attention/key_value_cache.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";
import {
  type TransformerConfig,
  transformerParameterCount,
} from "lib/models/transformer/transformer_config.ts";
import { transformerParameters } from "lib/models/transformer/transformer_parameters.ts";
import { transformerLogits } from "lib/models/transformer/transformer_pass.ts";
import type { Random } from "lib/random/random_stream.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** What a small GPT is made of. */
export interface CausalTransformerOptions
  extends Omit<TransformerConfig, "vocabularySize" | "tiedEmbeddings"> {
  readonly vocabulary: Vocabulary;
  /** Default true. */
  readonly tiedEmbeddings?: boolean;
  /** Standard deviation of the initial weights. Default 0.02, GPT-2's. */
  readonly deviation?: number;
  readonly random: Random;
}

/** The tokens that each sequence of a batch has read, as keys and values. */
export type CausalTransformerState = readonly KeyValueCache[];

/** A decoder-only transformer language model. */
export type CausalTransformer = TrainableModel<CausalTransformerState, TransformerConfig>;

/**
 * A small GPT: a transformer in which each token sees itself and those before it (Radford et al. 2019).
 *
 * `step` keeps keys and values. It sees at most `contextLength` tokens: when that many are read, it starts anew
 * with the latest half of them, so the oldest fall out of memory at once and for good. `forward`
 * carries no state: windows start afresh whether or not they continue one another.
 *
 * @throws {RangeError} if a size is not a whole number of at least 1, the heads do not divide the
 * embedding, or the context is shorter than 2.
 */
export function causalTransformer(options: CausalTransformerOptions): CausalTransformer {
  const { vocabulary, embeddingSize, blockCount, headCount, contextLength } = options;
  const { tiedEmbeddings = true, deviation, random } = options;
  const sizes = { embeddingSize, blockCount, headCount, contextLength };
  const config = { vocabularySize: vocabulary.size, ...sizes, tiedEmbeddings };
  if (contextLength < 2) {
    throw new RangeError(`Cannot build a GPT: a context of ${contextLength} holds no past.`);
  }
  const parameters = transformerParameters(config, { random, deviation });
  const numbers = numbersOf(parameters);
  const model: CausalTransformer = {
    name: `GPT ${embeddingSize} x ${blockCount}`,
    vocabulary,
    config,
    fusible: false,
    parameters,
    parameterCount: transformerParameterCount(config),
    initialTensorState: () => [],
    forward: ({ inputIds, timeSteps, batchSize }) => ({
      logits: transformerLogits(parameters, config, {
        ...{ inputIds, timeSteps, batchSize },
        seesFuture: false,
      }),
      state: [],
    }),
    initialState: (batchSize) => Array.from({ length: batchSize }, () => emptyCache(config)),
    step: (state, inputIds) =>
      whenReady(numbers(), (values) => {
        const steps = state.map((cache, row) =>
          slidingStep(values, config, { cache, id: inputIds[row] })
        );
        const logits = new Float32Array(state.length * vocabulary.size);
        steps.forEach((one, row) => logits.set(one.logits, row * vocabulary.size));
        return { logits, state: steps.map((one) => one.cache) };
      }),
    tokenLosses: (ids) => windowedLosses(model, ids),
    dispose: () => tf.dispose(parameters),
  };
  return checkedModel(model, (state) => state.length);
}

/** `cachedStep`, which first forgets the older half of a full context. */
function slidingStep(
  values: TransformerNumbers,
  config: TransformerConfig,
  { cache, id }: { cache: KeyValueCache; id: number },
) {
  if (cache.ids.length < config.contextLength) return cachedStep(values, config, { cache, id });
  let kept = emptyCache(config);
  for (const old of cache.ids.slice(Math.ceil(config.contextLength / 2))) {
    kept = cachedStep(values, config, { cache: kept, id: old }).cache;
  }
  return cachedStep(values, config, { cache: kept, id });
}

/** The parameters' values, read again whenever one was assigned. */
function numbersOf(parameters: Record<string, tf.Variable>) {
  let versions: object[] = [];
  let numbers: TransformerNumbers = {};
  return () => {
    const variables = Object.values(parameters);
    if (variables.every(({ dataId }, at) => dataId === versions[at])) return numbers;
    return whenReady(readTensors(variables), (values) => {
      versions = variables.map(({ dataId }) => dataId);
      const names = Object.keys(parameters);
      return numbers = Object.fromEntries(names.map((name, at) => [name, values[at]]));
    });
  };
}

const ROWS = 16;

/** The losses that stepping would give: contexts that overlap by half, many in one batch. */
async function windowedLosses(model: CausalTransformer, ids: Int32Array): Promise<Float64Array> {
  const { contextLength } = model.config;
  const forgotten = Math.ceil(contextLength / 2);
  const losses = new Float64Array(ids.length - 1);
  const starts: number[] = [];
  for (
    let start = 0;
    start === 0 || start + contextLength - forgotten < losses.length;
    start += forgotten
  ) {
    starts.push(start);
  }
  for (let first = 0; first < starts.length; first += ROWS) {
    const batch = starts.slice(first, first + ROWS);
    const inputIds = new Int32Array(contextLength * batch.length);
    batch.forEach((start, row) => {
      for (let t = 0; t < contextLength; t++) {
        inputIds[t * batch.length + row] = ids[start + t] ?? 0;
      }
    });
    const window = { inputIds, timeSteps: contextLength, batchSize: batch.length };
    const scored = tf.tidy(() => model.forward(window, []).logits);
    const [logits] = await readTensors([scored]);
    scored.dispose();
    batch.forEach((start, row) => {
      const from = start === 0 ? 0 : contextLength - forgotten;
      for (let t = from; t < contextLength && start + t < losses.length; t++) {
        const place = t * batch.length + row;
        losses[start + t] = -logSoftmaxRow(
          logits,
          model.vocabulary.size,
          place,
        )[ids[start + t + 1]];
      }
    });
  }
  return losses;
}

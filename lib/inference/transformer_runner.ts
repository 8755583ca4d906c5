import * as ort from "onnxruntime-web";
import type { LoadedNetwork, OnnxRunner } from "lib/inference/onnx_runner.ts";
import { requireBatchSize, requireWindow } from "lib/models/checked_model.ts";
import { requireIds } from "lib/models/require_ids.ts";
import { logSoftmaxRow, requireTwoTokens } from "lib/models/token_losses.ts";
import type { TransformerConfig } from "lib/models/transformer/transformer_config.ts";

/** The tokens that a batch of sequences has read, as keys and values [block, past, batch, embeddingSize]. */
export interface OnnxCache {
  readonly batchSize: number;
  /** [past][batch] */
  readonly ids: readonly Int32Array[];
  readonly keys: Float32Array;
  readonly values: Float32Array;
}

/**
 * Runs a causal transformer (see `transformerGraph`). As the native model does, `step` starts anew with the
 * latest half of the tokens when `contextLength` of them are read.
 */
export function transformerRunner(
  network: LoadedNetwork<TransformerConfig>,
): OnnxRunner<OnnxCache> {
  const { config, session, vocabulary } = network;
  const { blockCount, contextLength, embeddingSize } = config;
  const forgotten = Math.ceil(contextLength / 2);
  const runner: OnnxRunner<OnnxCache> = {
    initialState(batchSize) {
      requireBatchSize(network, batchSize);
      return { batchSize, ids: [], keys: new Float32Array(0), values: new Float32Array(0) };
    },
    async run({ inputIds, timeSteps, batchSize }, { ids, keys, values }) {
      requireWindow(network, { inputIds, timeSteps, batchSize });
      if (ids.length + timeSteps > contextLength) {
        throw new RangeError(
          `Cannot read ${timeSteps} tokens after ${ids.length}: ` +
            `the context of ${network.name} is ${contextLength}.`,
        );
      }
      const shape = [blockCount, ids.length, batchSize, embeddingSize];
      const results = await session.run({
        inputIds: new ort.Tensor("int32", inputIds, [timeSteps, batchSize]),
        keys: new ort.Tensor("float32", keys, shape),
        values: new ort.Tensor("float32", values, shape),
      });
      const valuesOf = (output: string) => results[output].data as Float32Array;
      const read = Array.from(
        { length: timeSteps },
        (_, time) => inputIds.slice(time * batchSize, (time + 1) * batchSize),
      );
      return {
        logits: valuesOf("logits"),
        shape: results.logits.dims,
        state: {
          batchSize,
          ids: [...ids, ...read],
          keys: valuesOf("nextKeys"),
          values: valuesOf("nextValues"),
        },
      };
    },
    async step(state, inputIds) {
      const { batchSize, ids } = state;
      const own = Int32Array.from(inputIds);
      requireIds(network, own, batchSize);
      const past = ids.length < contextLength
        ? state
        : await reread(ids.slice(forgotten), batchSize);
      return await runner.run({ inputIds: own, timeSteps: 1, batchSize }, past);
    },
    async tokenLosses(ids) {
      requireTwoTokens(ids);
      requireIds(network, ids, ids.length);
      const losses = new Float64Array(ids.length - 1);
      // Contexts that overlap by half; in all but the first, only what lies past the overlap counts.
      let known = 0;
      for (let start = 0; known < losses.length; start += forgotten) {
        const inputIds = ids.slice(start, Math.min(start + contextLength, losses.length));
        const window = { inputIds, timeSteps: inputIds.length, batchSize: 1 };
        const { logits } = await runner.run(window, runner.initialState(1));
        for (; known < start + inputIds.length; known++) {
          const logProbabilities = logSoftmaxRow(logits, vocabulary.size, known - start);
          losses[known] = -logProbabilities[ids[known + 1]];
        }
      }
      return losses;
    },
  };
  async function reread(ids: readonly Int32Array[], batchSize: number): Promise<OnnxCache> {
    const inputIds = Int32Array.from(ids.flatMap((row) => Array.from(row)));
    const window = { inputIds, timeSteps: ids.length, batchSize };
    const empty = runner.initialState(batchSize);
    return ids.length === 0 ? empty : (await runner.run(window, empty)).state;
  }
  return runner;
}

import * as ort from "onnxruntime-web";
import { stateNames } from "lib/inference/onnx_graph.ts";
import type { LoadedNetwork, OnnxRunner } from "lib/inference/onnx_runner.ts";
import type { NetworkConfig } from "lib/kernels/network_config.ts";
import type { StackState } from "lib/kernels/sequence_network.ts";
import { zeroStackState } from "lib/models/cells/stack.ts";
import { requireBatchSize, requireWindow } from "lib/models/checked_model.ts";
import { requireIds } from "lib/models/require_ids.ts";
import { logSoftmaxRow, requireTwoTokens } from "lib/models/token_losses.ts";

const WINDOW = 128;

/** Runs a recurrent network (see `recurrentGraph`); its states are those of the native models. */
export function recurrentRunner(network: LoadedNetwork<NetworkConfig>): OnnxRunner<StackState> {
  const { config, session, vocabulary } = network;
  const runner: OnnxRunner<StackState> = {
    initialState(batchSize) {
      requireBatchSize(network, batchSize);
      return zeroStackState(config, batchSize);
    },
    async run({ inputIds, timeSteps, batchSize }, state) {
      requireWindow(network, { inputIds, timeSteps, batchSize });
      const feeds = stateTensors(config, { ...state, batchSize });
      feeds.inputIds = new ort.Tensor("int32", inputIds, [timeSteps, batchSize]);
      const results = await session.run(feeds);
      const valuesOf = (output: string) => results[output].data as Float32Array;
      return {
        logits: valuesOf("logits"),
        shape: results.logits.dims,
        state: {
          batchSize,
          hiddenState: valuesOf("nextHiddenState"),
          ...(config.cell === "lstm" && { cellState: valuesOf("nextCellState") }),
        },
      };
    },
    async step(state, inputIds) {
      const ids = Int32Array.from(inputIds);
      requireIds(network, ids, state.batchSize);
      return await runner.run({ inputIds: ids, timeSteps: 1, batchSize: state.batchSize }, state);
    },
    async tokenLosses(ids) {
      requireTwoTokens(ids);
      requireIds(network, ids, ids.length); // ONNX's OneHot would let an unknown id pass
      const losses = new Float64Array(ids.length - 1);
      let state = runner.initialState(1);
      for (let start = 0; start < losses.length; start += WINDOW) {
        const inputIds = ids.slice(start, Math.min(start + WINDOW, losses.length));
        const window = { inputIds, timeSteps: inputIds.length, batchSize: 1 };
        const result = await runner.run(window, state);
        state = result.state;
        for (let i = 0; i < inputIds.length; i++) {
          const logProbabilities = logSoftmaxRow(result.logits, vocabulary.size, i);
          losses[start + i] = -logProbabilities[ids[start + i + 1]];
        }
      }
      return losses;
    },
  };
  return runner;
}

/** @throws {RangeError} if the state is not one of such a network. */
function stateTensors(
  { cell, layerCount, hiddenSize }: NetworkConfig,
  { batchSize, ...states }: StackState,
): Record<string, ort.Tensor> {
  const shape = [layerCount, batchSize, hiddenSize];
  const size = layerCount * batchSize * hiddenSize;
  return Object.fromEntries(
    stateNames(cell).map(({ input }) => {
      const values = states[input as keyof typeof states];
      if (values?.length !== size) {
        throw new RangeError(
          `Cannot use a state: its ${input} takes ${size} numbers, got ${
            values?.length ?? "none"
          }.`,
        );
      }
      return [input, new ort.Tensor("float32", Float32Array.from(values), shape)];
    }),
  );
}

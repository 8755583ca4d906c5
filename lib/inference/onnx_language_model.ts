import * as ort from "onnxruntime-web";
import { stateNames } from "lib/inference/onnx_graph.ts";
import { type SessionOptions, startOnnxSession } from "lib/inference/onnx_session.ts";
import { type OnnxFile, readOnnxFile } from "lib/inference/read_onnx_file.ts";
import type { NetworkConfig } from "lib/kernels/network_config.ts";
import type { StackState } from "lib/kernels/sequence_network.ts";
import type { LanguageModel, LanguageModelStep } from "lib/models/language_model.ts";
import { zeroStackState } from "lib/models/stack_state.ts";
import { requireIds } from "lib/models/tensor_language_model.ts";
import { logSoftmaxRow, requireTwoTokens } from "lib/models/token_losses.ts";
import type { IdsWindow } from "lib/models/trainable_model.ts";

/** A language model that ONNX Runtime computes; its states are those of the native models. */
export interface OnnxLanguageModel
  extends LanguageModel<StackState>, Pick<OnnxFile, "config" | "tokenizerName" | "trainingRecord"> {
  /** What computes, for the record. */
  readonly description: string;
  /** Logits [time * batch, vocabularySize] of a window, and the state after it. */
  run(window: IdsWindow, state: StackState): Promise<LanguageModelStep<StackState>>;
  step(state: StackState, inputIds: ArrayLike<number>): Promise<LanguageModelStep<StackState>>;
  tokenLosses(ids: Int32Array): Promise<Float64Array>;
  /** Lets go of the network's memory; every later call rejects. */
  dispose(): Promise<void>;
}

const WINDOW = 128;

/**
 * A language model out of an ONNX file that `exportOnnx` wrote, run by ONNX Runtime on the CPU.
 *
 * @throws {Error} saying why, if the file cannot be read (see `readOnnxFile`) or the runtime cannot start
 * with that many threads.
 */
export async function onnxLanguageModel(
  bytes: Uint8Array,
  options: SessionOptions = {},
): Promise<OnnxLanguageModel> {
  const { config, name, vocabulary, tokenizerName, trainingRecord } = readOnnxFile(bytes);
  const { session, description } = await startOnnxSession(bytes, options);
  const model: OnnxLanguageModel = {
    name: `${name} (ONNX)`,
    vocabulary,
    config,
    tokenizerName,
    trainingRecord,
    description,
    initialState: (batchSize) => zeroStackState(config, batchSize),
    async run({ inputIds, timeSteps, batchSize }, state) {
      requireIds(model, inputIds, timeSteps * batchSize);
      const feeds = stateTensors(config, { ...state, batchSize });
      feeds.inputIds = new ort.Tensor("int32", inputIds, [timeSteps, batchSize]);
      const results = await session.run(feeds);
      const valuesOf = (output: string) => results[output].data as Float32Array;
      return {
        logits: valuesOf("logits"),
        state: {
          batchSize,
          hiddenState: valuesOf("nextHiddenState"),
          ...(config.cell === "lstm" && { cellState: valuesOf("nextCellState") }),
        },
      };
    },
    async step(state, inputIds) {
      const ids = Int32Array.from(inputIds);
      return await model.run({ inputIds: ids, timeSteps: 1, batchSize: state.batchSize }, state);
    },
    async tokenLosses(ids) {
      requireTwoTokens(ids);
      requireIds(model, ids, ids.length); // ONNX's OneHot would let an unknown id pass
      const losses = new Float64Array(ids.length - 1);
      let state = model.initialState(1);
      for (let start = 0; start < losses.length; start += WINDOW) {
        const inputIds = ids.slice(start, Math.min(start + WINDOW, losses.length));
        const window = { inputIds, timeSteps: inputIds.length, batchSize: 1 };
        const result = await model.run(window, state);
        state = result.state;
        for (let i = 0; i < inputIds.length; i++) {
          const logProbabilities = logSoftmaxRow(result.logits, vocabulary.size, i);
          losses[start + i] = -logProbabilities[ids[start + i + 1]];
        }
      }
      return losses;
    },
    dispose: () => session.release(),
  };
  return model;
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

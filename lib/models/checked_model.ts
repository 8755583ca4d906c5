import type { WritingOptions } from "lib/kernels/fused/token_writer.ts";
import type { CellState } from "lib/models/cells/cell.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import { requireIds } from "lib/models/require_ids.ts";
import { requireTwoTokens } from "lib/models/token_losses.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import type { InputWindow } from "lib/text/windows/window.ts";

/**
 * The model, all that it is asked held to the contract: here, and not model by model.
 *
 * A trainable model answers `tokenLosses` with a promise, which then rejects; all else throws at once.
 *
 * @param batchSizeOf number of sequences that a state is for
 * @throws {RangeError} from every method, if an id is none of the vocabulary's; from `initialState`, if
 * the batch size is not a whole number of at least 1; from `step`, if there are not as many ids as
 * sequences; from `tokenLosses`, if there are fewer than two ids; from `write`, if the state is not of
 * one sequence, the length not a whole number or the temperature negative; from `forward`, see
 * `checkedForward`.
 */
export function checkedModel<Model extends LanguageModel>(
  model: Model,
  batchSizeOf: (state: ReturnType<Model["initialState"]>) => number,
): Model {
  const { initialState, step, tokenLosses, write } = model;
  const requireText = (ids: Int32Array) => {
    requireTwoTokens(ids);
    requireIds(model, ids, ids.length);
  };
  const trainable = "forward" in model;
  if (trainable) checkedForward(model as unknown as AnyTrainableModel);
  return Object.assign(model, {
    initialState(batchSize: number) {
      requireBatchSize(model, batchSize);
      return initialState(batchSize);
    },
    step(state: ReturnType<Model["initialState"]>, inputIds: ArrayLike<number>) {
      requireIds(model, inputIds, batchSizeOf(state));
      return step(state, inputIds);
    },
    tokenLosses: trainable
      ? async (ids: Int32Array) => {
        requireText(ids);
        return await tokenLosses(ids);
      }
      : (ids: Int32Array) => {
        requireText(ids);
        return tokenLosses(ids);
      },
    ...(write && {
      write(state: ReturnType<Model["initialState"]>, options: WritingOptions) {
        requireIds(model, [options.firstId], batchSizeOf(state));
        requireWriting(model, options);
        return write(state, options);
      },
    }),
  });
}

/**
 * The model, its `forward` held to windows that are what they say, of a state for as many sequences.
 *
 * @throws {RangeError} from `forward`, if a size is not a whole number of at least 1, there are not
 * `timeSteps * batchSize` ids, an id is none of the vocabulary's, or the state is for other sequences.
 */
export function checkedForward<Model extends AnyTrainableModel>(model: Model): Model {
  const { forward } = model;
  return Object.assign(model, {
    forward(window: InputWindow, state: CellState) {
      requireWindow(model, window);
      // A transformer carries no state between windows.
      const sequences = state[0]?.hiddenState.shape[0] ?? window.batchSize;
      if (sequences !== window.batchSize) {
        throw new RangeError(
          `Cannot run ${model.name}: the state is for ${sequences} sequences, the window has ` +
            `${window.batchSize}.`,
        );
      }
      return forward(window, state);
    },
  });
}

/** @throws {RangeError} if the batch size is not a whole number of at least 1. */
export function requireBatchSize({ name }: Pick<LanguageModel, "name">, batchSize: number): void {
  if (isCount(batchSize)) return;
  throw new RangeError(
    `Cannot start ${name}: the batch size must be a whole number >= 1, got ${batchSize}.`,
  );
}

/**
 * @throws {RangeError} if a size of the window is not a whole number of at least 1, there are not
 * `timeSteps * batchSize` ids, or an id is none of the vocabulary's.
 */
export function requireWindow(
  model: Pick<LanguageModel, "name" | "vocabulary">,
  { inputIds, timeSteps, batchSize }: InputWindow,
): void {
  for (const [name, size] of [["time steps", timeSteps], ["batch size", batchSize]] as const) {
    if (isCount(size)) continue;
    throw new RangeError(
      `Cannot run ${model.name}: a window's ${name} must be a whole number >= 1, got ${size}.`,
    );
  }
  const needed = timeSteps * batchSize;
  if (inputIds.length !== needed) {
    throw new RangeError(
      `Cannot run ${model.name}: ${timeSteps} time steps of batch size ${batchSize} are ${needed} ids, ` +
        `got ${inputIds.length}.`,
    );
  }
  requireIds(model, inputIds, needed);
}

function requireWriting(
  { name }: LanguageModel,
  { length, temperature }: WritingOptions,
): void {
  if (!Number.isSafeInteger(length) || length < 0) {
    throw new RangeError(
      `Cannot write with ${name}: the length must be a whole number >= 0, got ${length}.`,
    );
  }
  if (!(temperature >= 0)) {
    throw new RangeError(
      `Cannot write with ${name}: the temperature must be at least 0, got ${temperature}.`,
    );
  }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

import type { LanguageModel } from "lib/models/language_model.ts";
import { requireIds } from "lib/models/tensor_language_model.ts";

/**
 * The model, its `initialState` and `step` held to the contract: here, and not model by model.
 *
 * @param batchSizeOf number of sequences that a state is for
 * @throws {RangeError} from `initialState`, if the batch size is not a whole number of at least 1; from
 * `step`, if there are not as many ids as sequences, or an id is none of the vocabulary's.
 */
export function checkedModel<Model extends LanguageModel>(
  model: Model,
  batchSizeOf: (state: ReturnType<Model["initialState"]>) => number,
): Model {
  const { initialState, step } = model;
  return Object.assign(model, {
    initialState(batchSize: number) {
      if (!Number.isInteger(batchSize) || batchSize < 1) {
        throw new RangeError(
          `Cannot start ${model.name}: the batch size must be a whole number >= 1, got ${batchSize}.`,
        );
      }
      return initialState(batchSize);
    },
    step(state: ReturnType<Model["initialState"]>, inputIds: ArrayLike<number>) {
      requireIds(model, inputIds, batchSizeOf(state));
      return step(state, inputIds);
    },
  });
}

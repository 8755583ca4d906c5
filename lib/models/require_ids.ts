import type { LanguageModel } from "lib/models/language_model.ts";

/** @throws {RangeError} naming the first id that the model does not know. */
export function requireIds(
  model: Pick<LanguageModel, "name" | "vocabulary">,
  ids: ArrayLike<number>,
  batchSize: number,
): void {
  if (ids.length !== batchSize) {
    throw new RangeError(
      `Cannot step ${model.name}: the state is for ${batchSize} sequences, got ${ids.length} ids.`,
    );
  }
  for (let i = 0; i < ids.length; i++) {
    if (!(Number.isInteger(ids[i]) && ids[i] >= 0 && ids[i] < model.vocabulary.size)) {
      throw new RangeError(
        `Cannot run ${model.name}: id ${ids[i]}${
          ids.length > 1 ? ` at place ${i}` : ""
        } is outside ` +
          `the vocabulary of ${model.vocabulary.size}: its ids are the whole numbers from 0.`,
      );
    }
  }
}

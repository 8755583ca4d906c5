import type { LanguageModel } from "lib/models/language_model.ts";
import { lettersVocabulary } from "../models/small_model.ts";

/** A model that gives the letters these probabilities at every place, whatever came before. */
export function memorylessModel(probabilities: readonly number[]): LanguageModel<null> {
  const logits = Float32Array.from(probabilities, Math.log);
  return {
    name: "memoryless",
    vocabulary: lettersVocabulary(probabilities.length),
    initialState: () => null,
    step: () => ({ logits, state: null }),
    tokenLosses: (ids) => Float64Array.from(ids.slice(1), (id) => -logits[id]),
  };
}

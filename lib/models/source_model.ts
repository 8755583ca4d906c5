import { checkedModel } from "lib/models/checked_model.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import type { SequenceSource } from "lib/sources/sequence_source.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** A language model that answers at once, never with a promise. */
export interface SourceModel<State> extends LanguageModel<State[]> {
  step(state: State[], inputIds: ArrayLike<number>): { logits: Float32Array; state: State[] };
  tokenLosses(ids: Int32Array): Float64Array;
}

/**
 * A source's perfect predictor behind the language-model contract: the truth that other models are held against.
 *
 * The state is one source state per sequence. Logits are exact log-probabilities, -Infinity where a symbol cannot
 * come; reading such a symbol has no defined result.
 */
export function sourceModel<State>(source: SequenceSource<State>): SourceModel<State> {
  const vocabulary = createVocabulary(source.alphabet);
  const model: SourceModel<State> = {
    name: `exact ${source.name}`,
    vocabulary,
    initialState: (batchSize) => Array.from({ length: batchSize }, () => source.initialState()),
    step(state, inputIds) {
      const next = state.map((before, row) => source.advance(before, inputIds[row]));
      const logits = new Float32Array(next.length * vocabulary.size);
      next.forEach((after, row) =>
        logits.set(source.predict(after).map(Math.log), row * vocabulary.size)
      );
      return { logits, state: next };
    },
    tokenLosses(ids) {
      const rows = source.conditionals(ids);
      return Float64Array.from(
        { length: ids.length - 1 },
        (_, place) => -Math.log(rows[(place + 1) * vocabulary.size + ids[place + 1]]),
      );
    },
  };
  return checkedModel(model, (state) => state.length);
}

import type { Writing, WritingOptions } from "lib/kernels/fused/token_writer.ts";
import type { MaybePromise } from "lib/kernels/read_tensor.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** Scores for the next token, and the state that has read one token more. */
export interface LanguageModelStep<State> {
  /** Unnormalised log-probabilities, [batch, vocabularySize] row-major. */
  readonly logits: Float32Array;
  readonly state: State;
}

/**
 * What every language model answers, counted, recurrent or attentive: P(next token | all before).
 *
 * Decoding, evaluation and most probes know nothing else of a model. A state is a plain value that
 * is never changed in place, so it may be kept, copied and run on from more than once.
 */
// deno-lint-ignore no-explicit-any -- a state is opaque to all but the model that made it
export interface LanguageModel<State = any> {
  /** For legends and records, such as "GRU 128". */
  readonly name: string;
  readonly vocabulary: Vocabulary;
  /** The state before any token, for a batch of sequences. */
  initialState(batchSize: number): State;
  /** Reads one token per sequence, `inputIds` [batch]. */
  step(state: State, inputIds: ArrayLike<number>): MaybePromise<LanguageModelStep<State>>;
  /** Writes faster than `sample` does by steps, where the model can. */
  write?(state: State, options: WritingOptions): MaybePromise<Omit<Writing, "state">>;
  /** Nats of each of ids[1..] given all tokens before it, [ids.length - 1]. */
  tokenLosses(ids: Int32Array): MaybePromise<Float64Array>;
}

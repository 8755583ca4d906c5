import type * as ort from "onnxruntime-web";
import type { OnnxConfig } from "lib/inference/onnx_architecture.ts";
import type { LanguageModel, LanguageModelStep } from "lib/models/language_model.ts";
import type { InputWindow } from "lib/text/windows/window.ts";

/** What a window came to. */
export interface OnnxRun<State> extends LanguageModelStep<State> {
  /** Of the logits, as ONNX Runtime gave them: [time, batch, vocabularySize]. */
  readonly shape: readonly number[];
}

/** The language-model contract answered by a network in ONNX Runtime. */
export interface OnnxRunner<State> {
  initialState(batchSize: number): State;
  /** Logits [time * batch, vocabularySize] of a window, and the state after it. */
  run(window: InputWindow, state: State): Promise<OnnxRun<State>>;
  step(state: State, inputIds: ArrayLike<number>): Promise<LanguageModelStep<State>>;
  tokenLosses(ids: Int32Array): Promise<Float64Array>;
}

/** A network in ONNX Runtime, and what its inputs mean. */
export interface LoadedNetwork<Config extends OnnxConfig>
  extends Pick<LanguageModel, "vocabulary"> {
  /** For messages. */
  readonly name: string;
  readonly config: Config;
  readonly session: ort.InferenceSession;
}

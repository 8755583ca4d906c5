/// <reference lib="deno.worker" />
import { type GenerationOptions, measureGeneration } from "lib/inference/generation_speed.ts";
import { onnxLanguageModel } from "lib/inference/onnx_language_model.ts";

/** One request: time the file's model with that many threads. */
export interface GenerationRequest extends GenerationOptions {
  readonly bytes: Uint8Array;
  readonly threads: number;
}

self.onmessage = async ({ data }: MessageEvent<GenerationRequest>) => {
  try {
    const model = await onnxLanguageModel(data.bytes, { threads: data.threads });
    const speed = await measureGeneration(model, { ...data, runner: model.description });
    await model.dispose();
    self.postMessage({ speed });
  } catch (error) {
    self.postMessage({ problem: (error as Error).message });
  }
};

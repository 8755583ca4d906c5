import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { tfjsEngine } from "lib/training/engines/tfjs_engine.ts";
import type { Peer } from "./peer.ts";
import { randomWindow, type Shape } from "./shapes.ts";

/** The plain tfjs path of this library on the WASM backend, as `train` has it. */
export const tfjsPeer: Peer = {
  name: "tfjs",
  async contenders(shape) {
    await useBackend("wasm");
    const engine = tfjsEngine(tfjsModel(shape), { ...shape, maxGradientNorm: 1 });
    const window = randomWindow(shape);
    return [{
      name: `tfjs ${tf.getBackend()}`,
      run: (count) => millisecondsOf(count, () => engine.trainStep(window)),
      close() {
        engine.dispose();
        tf.disposeVariables();
      },
    }];
  },
  close() {},
};

/** Milliseconds of so many steps, one after the other. */
export async function millisecondsOf(count: number, step: () => unknown): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < count; i++) await step();
  return performance.now() - start;
}

/** A model of the shape, of tokens that mean nothing. */
export function tfjsModel({ config }: Shape) {
  const tokens = Array.from(
    { length: config.inputSize },
    (_, i) => String.fromCodePoint(0x4e00 + i),
  );
  return recurrentLanguageModel({
    vocabulary: createVocabulary(tokens),
    ...config,
    random: randomStream(1, "benchmark weights"),
  });
}

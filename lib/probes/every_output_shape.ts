import { isExportable } from "lib/inference/export_onnx.ts";
import { everyModel } from "lib/probes/every_model.ts";
import { type OnnxOutputShape, onnxOutputShapes } from "lib/probes/onnx_output_shape.ts";
import {
  countedShape,
  type OutputShape,
  outputShapes,
  trialWindow,
  type WindowSize,
} from "lib/probes/output_shape.ts";
import { scoresOfSteps } from "lib/probes/window_scores.ts";
import type { Vocabulary } from "lib/text/vocabulary.ts";

/** How a window's scores were computed; "parts" are a cell and an output layer put together. */
export type OutputPath = "tfjs" | "fused" | "step by step" | "parts" | "ONNX Runtime";

/** One window's output, by one of the library's ways to compute it. */
export interface PathShape
  extends OutputShape, Partial<Pick<OnnxOutputShape, "declared" | "returned">> {
  readonly path: OutputPath;
}

/**
 * The shapes of the outputs of every kind of model in the library (`everyModel`), each by every path that can
 * compute it: differentiable tfjs, the fused kernels, the contract's step, and an exported file in ONNX Runtime.
 */
export async function everyOutputShape(
  { vocabulary, windows, seed }: {
    vocabulary: Vocabulary;
    windows: readonly WindowSize[];
    seed: number;
  },
): Promise<PathShape[]> {
  const longest = Math.max(...windows.map(({ timeSteps }) => timeSteps));
  const every = await everyModel({ vocabulary, seed, longest });
  const models = every.trainable.map(({ model }) => model);
  const shapes: PathShape[] = [];
  const add = (path: OutputPath, found: readonly OutputShape[]) =>
    shapes.push(...found.map((shape) => ({ ...shape, path })));
  add("tfjs", await outputShapes(models, { windows, engines: ["tfjs"] }));
  add("fused", await outputShapes(models, { windows, engines: ["fused"] }));
  add("ONNX Runtime", await onnxOutputShapes(models.filter(isExportable), { windows }));
  const stepping = every.trainable.filter(({ steps }) => steps).map(({ model }) => model);
  for (const size of windows) {
    const window = trialWindow(size, vocabulary.size);
    for (const model of [...stepping, ...every.stepwise]) {
      const outputs = (await scoresOfSteps(model, window)).flatMap((row) => [...row]);
      add("step by step", [countedShape(model, { window, outputs, engine: "step" })]);
    }
    for (const { name, scores } of every.assembled) {
      const outputs = await scores(window);
      add("parts", [countedShape({ name, vocabulary }, { window, outputs, engine: "parts" })]);
    }
  }
  every.dispose();
  return shapes;
}

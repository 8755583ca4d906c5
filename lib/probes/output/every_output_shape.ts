import { isExportable } from "lib/inference/export_onnx.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import type { InputWindow } from "lib/text/windows/window.ts";
import { everyModel } from "lib/probes/output/every_model.ts";
import {
  countedShape,
  type OnnxOutputShape,
  onnxOutputShapes,
  type OutputShape,
  outputShapes,
  trialWindow,
  type WindowSize,
} from "lib/probes/output/output_shape.ts";
import { scoresOfSteps } from "lib/probes/output/window_scores.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";

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
  const count = (path: OutputPath, of: Counted) =>
    add(path, [countedShape(of.model, { ...of, engine: path })]);
  const stepping = every.trainable.filter(({ steps }) => steps).map(({ model }) => model);
  for (const size of windows) {
    const window = trialWindow(size, vocabulary.size);
    for (const model of [...stepping, ...every.stepwise]) {
      const outputs = (await scoresOfSteps(model, window)).flatMap((row) => [...row]);
      count("step by step", { model, window, outputs });
    }
    for (const { name, scores } of every.assembled) {
      const outputs = await scores(window);
      count("parts", { model: { name, vocabulary }, window, outputs });
    }
  }
  every.dispose();
  return shapes;
}

interface Counted {
  readonly model: Pick<LanguageModel, "name" | "vocabulary">;
  readonly window: InputWindow;
  readonly outputs: ArrayLike<number>;
}

/** A model's output shape on one window, a column per path; empty where the path does not know the model. */
export type ShapeRow = {
  readonly model: string;
  /** As the exported file's graph declares it. */
  readonly declared?: string;
} & { readonly [path in OutputPath]?: string };

/** The shapes of the windows of one size, a row per model. */
export function shapeRows(
  shapes: readonly PathShape[],
  { timeSteps, batchSize }: WindowSize,
): ShapeRow[] {
  const those = shapes.filter((one) => one.timeSteps === timeSteps && one.batchSize === batchSize);
  return [...Map.groupBy(those, ({ model }) => model)].map(([model, own]) => ({
    model,
    ...Object.fromEntries(own.map(({ path, scores, returned }) => [
      path,
      returned ?? [timeSteps, batchSize, scores].join(" × "),
    ])),
    declared: own.find(({ declared }) => declared)?.declared,
  }));
}

import { exportOnnx } from "lib/inference/export_onnx.ts";
import { onnxLanguageModel } from "lib/inference/onnx_language_model.ts";
import { outputShapeOf } from "lib/inference/output_shape_of.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import type { InputWindow } from "lib/text/windows/window.ts";
import { chooseEngine, type EngineChoice } from "lib/training/engines/choose_engine.ts";

/** The shape of a model's output on one window. */
export interface OutputShape {
  readonly model: string;
  /** V of the model's tokenizer. */
  readonly vocabularySize: number;
  readonly timeSteps: number;
  readonly batchSize: number;
  /** Numbers that came out for each position of the window. */
  readonly scores: number;
  /** What computed it, such as "tfjs wasm". */
  readonly engine: string;
}

/** Time steps and sequences side by side. */
export type WindowSize = Omit<InputWindow, "inputIds">;

/** The windows to try a model on, and what computes them. */
export interface OutputShapesOptions {
  readonly windows: readonly WindowSize[];
  readonly engines: readonly EngineChoice[];
}

/**
 * The shapes of models' outputs, of every model by every engine that knows it on every window.
 *
 * The numbers that came out are counted, not the sizes that were asked for.
 */
export async function outputShapes(
  models: readonly AnyTrainableModel[],
  { windows, engines }: OutputShapesOptions,
): Promise<OutputShape[]> {
  const shapes: OutputShape[] = [];
  const timeSteps = Math.max(...windows.map((window) => window.timeSteps));
  const batchSize = Math.max(...windows.map((window) => window.batchSize));
  for (const model of models) {
    for (const choice of engines) {
      if (choice === "fused" && !model.fusible) continue;
      const engine = await chooseEngine(model, { timeSteps, batchSize, engine: choice });
      for (const size of windows) {
        const window = trialWindow(size, model.vocabulary.size);
        const targetIds = window.inputIds;
        const { outputs } = await engine.evaluate({ ...window, targetIds }, { outputs: true });
        shapes.push(countedShape(model, { window, outputs: outputs!, engine: engine.description }));
      }
      engine.dispose();
    }
  }
  return shapes;
}

/** A window of that size which names every token that fits in. */
export function trialWindow(size: WindowSize, vocabularySize: number): InputWindow {
  const length = size.timeSteps * size.batchSize;
  return { ...size, inputIds: Int32Array.from({ length }, (_, at) => at % vocabularySize) };
}

/** What came out for a window, counted. */
export function countedShape(
  { name, vocabulary }: Pick<LanguageModel, "name" | "vocabulary">,
  { window: { timeSteps, batchSize }, outputs, engine }: {
    window: InputWindow;
    outputs: ArrayLike<number>;
    engine: string;
  },
): OutputShape {
  const scores = outputs.length / (timeSteps * batchSize);
  return { model: name, vocabularySize: vocabulary.size, timeSteps, batchSize, scores, engine };
}

/** The shape of an exported model's output, run and declared. */
export interface OnnxOutputShape extends OutputShape {
  /** As the file's graph declares it, such as "time × batch × 28". */
  readonly declared: string;
  /** As ONNX Runtime gave it for this window, such as "5 × 3 × 28". */
  readonly returned: string;
}

/**
 * The shapes of models' outputs once they are ONNX files that ONNX Runtime runs; see `outputShapes`.
 *
 * @throws {Error} if a model cannot be exported.
 */
export async function onnxOutputShapes(
  models: readonly AnyTrainableModel[],
  { windows }: Pick<OutputShapesOptions, "windows">,
): Promise<OnnxOutputShape[]> {
  const shapes: OnnxOutputShape[] = [];
  for (const model of models) {
    const bytes = await exportOnnx(model);
    const onnx = await onnxLanguageModel(bytes);
    for (const size of windows) {
      const window = trialWindow(size, model.vocabulary.size);
      const { logits, shape } = await onnx.run(window, onnx.initialState(size.batchSize));
      shapes.push({
        ...countedShape(model, { window, outputs: logits, engine: onnx.description }),
        declared: outputShapeOf(bytes).join(" × "),
        returned: shape.join(" × "),
      });
    }
    await onnx.dispose();
  }
  return shapes;
}

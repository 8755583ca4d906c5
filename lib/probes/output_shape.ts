import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import { chooseEngine, type EngineChoice } from "lib/training/choose_engine.ts";

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

/** The windows to try a model on, and what computes them. */
export interface OutputShapesOptions {
  readonly windows: readonly { readonly timeSteps: number; readonly batchSize: number }[];
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
        const positions = size.timeSteps * size.batchSize;
        const inputIds = Int32Array.from(
          { length: positions },
          (_, at) => at % model.vocabulary.size,
        );
        const window = { ...size, inputIds, targetIds: inputIds };
        const { outputs } = await engine.evaluate(window, { outputs: true });
        shapes.push({
          model: model.name,
          vocabularySize: model.vocabulary.size,
          ...size,
          scores: outputs!.length / positions,
          engine: engine.description,
        });
      }
      engine.dispose();
    }
  }
  return shapes;
}

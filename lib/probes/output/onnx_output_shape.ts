import { exportOnnx } from "lib/inference/export_onnx.ts";
import { onnxLanguageModel } from "lib/inference/onnx_language_model.ts";
import { outputShapeOf } from "lib/inference/output_shape_of.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import {
  countedShape,
  type OutputShape,
  type OutputShapesOptions,
  trialWindow,
} from "lib/probes/output/output_shape.ts";

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

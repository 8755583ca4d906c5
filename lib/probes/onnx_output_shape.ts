import { exportOnnx } from "lib/inference/export_onnx.ts";
import { onnxLanguageModel } from "lib/inference/onnx_language_model.ts";
import { outputShapeOf } from "lib/inference/output_shape_of.ts";
import type { RecurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import type { OutputShape, OutputShapesOptions } from "lib/probes/output_shape.ts";

/** The shape of an exported model's output, run and declared. */
export interface OnnxOutputShape extends OutputShape {
  /** As the file's graph declares it, such as "time × batch × 28". */
  readonly declared: string;
}

/** The shapes of models' outputs once they are ONNX files that ONNX Runtime runs; see `outputShapes`. */
export async function onnxOutputShapes(
  models: readonly RecurrentLanguageModel[],
  { windows }: Pick<OutputShapesOptions, "windows">,
): Promise<OnnxOutputShape[]> {
  const shapes: OnnxOutputShape[] = [];
  for (const model of models) {
    const bytes = await exportOnnx(model);
    const onnx = await onnxLanguageModel(bytes);
    const { size: vocabularySize } = model.vocabulary;
    for (const { timeSteps, batchSize } of windows) {
      const positions = timeSteps * batchSize;
      const inputIds = Int32Array.from({ length: positions }, (_, at) => at % vocabularySize);
      const { logits } = await onnx.run(
        { timeSteps, batchSize, inputIds },
        onnx.initialState(batchSize),
      );
      shapes.push({
        model: model.name,
        vocabularySize,
        ...{ timeSteps, batchSize, scores: logits.length / positions },
        engine: onnx.description,
        declared: outputShapeOf(bytes).join(" × "),
      });
    }
    await onnx.dispose();
  }
  return shapes;
}

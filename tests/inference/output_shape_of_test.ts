import { assertEquals, assertThrows } from "@std/assert";
import { exportOnnx } from "lib/inference/export_onnx.ts";
import { outputShapeOf } from "lib/inference/output_shape_of.ts";
import { exportCases, exportModel, foreignFile, smallCase } from "./onnx_cases.ts";

Deno.test("outputShapeOf() a language model is time, batch and the vocabulary's size, whatever the architecture", async () => {
  for (const options of exportCases) {
    const model = exportModel(options);
    assertEquals(outputShapeOf(await exportOnnx(model)), ["time", "batch", options.vocabularySize]);
    model.dispose();
  }
});

Deno.test("outputShapeOf() tells the shape of a named output", async () => {
  const model = exportModel(smallCase("lstm"));
  const bytes = await exportOnnx(model);
  assertEquals(outputShapeOf(bytes, { output: "nextCellState" }), [2, "batch", 5]);
  model.dispose();
});

Deno.test("outputShapeOf() reads files of any make, axes of no name among them", () => {
  assertEquals(outputShapeOf(foreignFile), ["n", "?", 2]);
  assertThrows(
    () => outputShapeOf(foreignFile, { output: "logits" }),
    Error,
    "Cannot read the shape of output logits: the file's outputs are rows",
  );
});

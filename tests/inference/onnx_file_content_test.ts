import { assertEquals } from "@std/assert";
import { exportOnnx } from "lib/inference/export_onnx.ts";
import { onnxFileContent } from "lib/inference/onnx_file_content.ts";
import { encodeOnnxModel } from "lib/inference/onnx_model.ts";
import { readOnnxFile } from "lib/inference/read_onnx_file.ts";
import { exportModel, exportTransformer, smallCase } from "./onnx_cases.ts";

Deno.test("onnxFileContent() of what was read is the file, byte for byte", async () => {
  for (const model of [exportModel(smallCase("lstm")), exportTransformer()]) {
    const bytes = await exportOnnx(model, { tokenizerName: "letters only" });
    model.dispose();
    assertEquals(encodeOnnxModel(onnxFileContent(readOnnxFile(bytes))), bytes);
  }
});

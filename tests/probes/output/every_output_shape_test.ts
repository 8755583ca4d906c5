import { assertEquals, assertGreaterOrEqual, assertRejects } from "@std/assert";
import { exportOnnx, isExportable } from "lib/inference/export_onnx.ts";
import { useBackend } from "lib/kernels/backend.ts";
import { everyModel } from "lib/probes/output/every_model.ts";
import {
  everyOutputShape,
  type OutputPath,
  shapeRows,
} from "lib/probes/output/every_output_shape.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

await useBackend("cpu");
const vocabulary = createVocabulary([..."abcdefg"]);

Deno.test("everyOutputShape() is [time, batch, V] for every model, by tfjs, the fused kernels, step by step and in ONNX Runtime", async () => {
  const windows = [[1, 1], [1, 4], [5, 1], [3, 2]]
    .map(([timeSteps, batchSize]) => ({ timeSteps, batchSize }));
  const shapes = await everyOutputShape({ vocabulary, windows, seed: 1 });
  assertEquals(shapes.filter(({ scores, vocabularySize }) => scores !== vocabularySize), []);
  const modelsOf = (path: OutputPath) =>
    new Set(shapes.filter((shape) => shape.path === path).map(({ model }) => model));
  const [fused, onnx, tfjs] = [modelsOf("fused"), modelsOf("ONNX Runtime"), modelsOf("tfjs")];
  assertEquals(onnx.difference(fused), new Set(["GPT 16 x 1", "GPT 16 x 1, tied"]));
  assertEquals(fused.difference(onnx), new Set());
  assertEquals(
    tfjs.difference(onnx),
    new Set(["GRU 12, 5 positions", "left-only BERT 16 x 1", "BERT 16 x 1"]),
  );
  assertEquals(
    tfjs.difference(modelsOf("step by step")),
    new Set(["left-only BERT 16 x 1", "BERT 16 x 1"]),
    "a model that fills gaps has no next step",
  );
  assertGreaterOrEqual(modelsOf("parts").size, 5);
  const inOnnx = shapes.filter(({ path }) => path === "ONNX Runtime");
  for (const { declared, returned, timeSteps, batchSize } of inOnnx) {
    assertEquals(declared, "time × batch × 7");
    assertEquals(returned, `${timeSteps} × ${batchSize} × 7`);
  }
});

Deno.test("shapeRows() has a row per model and a column per path, for one size of window", () => {
  const size = { timeSteps: 5, batchSize: 3 };
  const shape = { ...size, vocabularySize: 7, scores: 7, engine: "" };
  const rows = shapeRows([
    { ...shape, model: "a", path: "tfjs" },
    { ...shape, model: "a", path: "ONNX Runtime", returned: "5 × 3 × 8", declared: "t × b × 7" },
    { ...shape, model: "a", path: "fused", timeSteps: 4 },
    { ...shape, model: "b", path: "step by step" },
  ], size);
  assertEquals(rows, [
    { model: "a", tfjs: "5 × 3 × 7", "ONNX Runtime": "5 × 3 × 8", declared: "t × b × 7" },
    { model: "b", "step by step": "5 × 3 × 7", declared: undefined },
  ]);
});

Deno.test("exportOnnx() refuses whatever it has no graph for, rather than write another model", async () => {
  const every = await everyModel({ vocabulary, seed: 1, longest: 4 });
  const refused = every.trainable.filter(({ model }) => !isExportable(model));
  assertEquals(refused.length, 3);
  for (const { model } of refused) {
    await assertRejects(() => exportOnnx(model), Error, `Cannot export ${model.name}`);
  }
  every.dispose();
});

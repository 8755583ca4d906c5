import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  placeRows,
  type RowCount,
  rowDeclarations,
  rowGroups,
  rowLoader,
  rowStore,
  tableLoader,
} from "lib/kernels/webgpu/row_vectors.ts";

Deno.test("rowDeclarations() makes Rows a number or a vector, with a place per sequence", () => {
  assertStringIncludes(rowDeclarations(1), "alias Rows = f32;");
  assertStringIncludes(rowDeclarations(4), "alias Rows = vec4<f32>;");
  assertEquals(rowDeclarations(4).match(/var<private> row\d/g)?.length, 4);
});

Deno.test("rowGroups() makes two vectors of four of eight sequences, and one of fewer", () => {
  assertEquals([1, 2, 4, 8].map((rows) => rowGroups(rows as RowCount).length), [1, 1, 1, 2]);
  assertEquals(rowDeclarations(8), rowDeclarations(4));
  assertStringIncludes(placeRows(8, 1), "firstRow = i32(workgroupId.x) * 8 + 4;");
  // The second group may be all past the batch's end.
  assertEquals(rowStore(8).match(/if \(firstRow/g)?.length, 4);
});

Deno.test("placeRows() repeats the batch's last sequence past its end", () => {
  const text = placeRows(2, 0);
  assertStringIncludes(text, "firstRow = i32(workgroupId.x) * 2 + 0;");
  assertStringIncludes(text, "row1 = min(firstRow + 1, uniforms.batchSize - 1);");
});

Deno.test("rowLoader() and tableLoader() read one number for each sequence", () => {
  assertStringIncludes(
    rowLoader("load", "a", 2),
    "a[offset + row0 * width], a[offset + row1 * width]",
  );
  assertStringIncludes(tableLoader("load", "a", 1), "a[inputIds[firstId + row0] * width + column]");
});

Deno.test("rowStore() stores no sequence past the batch's end; the first always exists", () => {
  const text = rowStore(4);
  assertEquals(text.match(/if \(firstRow \+ [123] < uniforms.batchSize\)/g)?.length, 3);
  assert(!rowStore(1).includes("if"));
});

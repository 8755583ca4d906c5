import { assertEquals, assertThrows } from "@std/assert";
import { injectParameters } from "tools/jupyter/notebook/inject_parameters.ts";
import { sampleNotebook } from "../sample_notebook.ts";

const parametersCell = { source: "const seed = 1;", tags: ["parameters"] };
const sources = (notebook: ReturnType<typeof sampleNotebook>) =>
  notebook.cells.map((cell) => cell.source);

Deno.test("injectParameters() adds a cell of constants after the parameters cell", () => {
  const { notebook, addedIndex } = injectParameters(
    sampleNotebook("'title'", parametersCell, "seed"),
    { seed: 2, corpus: 'a\n"b"', rates: [0.1, -1], missing: null },
  );
  assertEquals(addedIndex, 2);
  assertEquals(notebook.cells[2], {
    id: "injected-parameters",
    cell_type: "code",
    execution_count: null,
    metadata: { tags: ["injected-parameters"] },
    outputs: [],
    source:
      '// Parameters\nconst seed = 2;\nconst corpus = "a\\n\\"b\\"";\nconst rates = [0.1,-1];\n' +
      "const missing = null;",
  });
  assertEquals(sources(notebook).length, 4);
});

Deno.test("injectParameters() replaces the cell of an earlier injection", () => {
  const first = injectParameters(sampleNotebook(parametersCell, "seed"), { seed: 2 });
  const second = injectParameters(first.notebook, { seed: 3 });
  assertEquals(second.addedIndex, undefined);
  assertEquals(sources(second.notebook), [
    "const seed = 1;",
    "// Parameters\nconst seed = 3;",
    "seed",
  ]);
});

Deno.test("injectParameters() puts the cell first where no cell has parameters", () => {
  const { notebook, addedIndex } = injectParameters(sampleNotebook("1"), { quick: true });
  assertEquals(addedIndex, 0);
  assertEquals(sources(notebook), ["// Parameters\nconst quick = true;", "1"]);
});

Deno.test("injectParameters() gives a cell no id before nbformat 4.5", () => {
  const { notebook } = injectParameters({ ...sampleNotebook("1"), nbformat_minor: 4 }, { a: 1 });
  assertEquals("id" in notebook.cells[0], false);
});

Deno.test("injectParameters() without parameters is a copy", () => {
  const given = sampleNotebook(parametersCell);
  const { notebook } = injectParameters(given, {});
  assertEquals(notebook, given);
  assertEquals(notebook.cells[0] === given.cells[0], false);
});

Deno.test("injectParameters() refuses what would be other code than a constant", () => {
  const inject = (name: string, value: unknown) => () =>
    injectParameters(sampleNotebook("1"), { [name]: value });
  assertThrows(inject("a = 1; b", 1), TypeError, "not an identifier");
  assertThrows(inject("f", () => 1), TypeError, "JSON cannot hold");
  assertThrows(inject("big", 10n), TypeError, "JSON cannot hold its value, 10");
});

import { assertEquals } from "@std/assert";
import { notebookProblems } from "tools/test/notebook_rules.ts";
import { codeCell, exampleNotebook, parametersCell, proseCell } from "./example_notebook.ts";

Deno.test("notebookProblems() finds nothing in a notebook of the lecture's shape", () => {
  const cells = [proseCell("title", "# Why?"), parametersCell, codeCell("ten", "1;\n".repeat(10))];
  assertEquals(notebookProblems(exampleNotebook(cells), "a.ipynb"), []);
});

Deno.test("notebookProblems() names another kernel, language and format", () => {
  const notebook = exampleNotebook([parametersCell]);
  const python = {
    ...notebook,
    nbformat_minor: 4,
    metadata: { kernelspec: { name: "python3", display_name: "Python 3" } },
  };
  assertEquals(notebookProblems(python, "a.ipynb"), [
    "a.ipynb: is nbformat 4.4, not 4.5",
    'a.ipynb: kernelspec.name is python3, not "deno"',
    'a.ipynb: kernelspec.language is undefined, not "typescript"',
    'a.ipynb: language_info.name is undefined, not "typescript"',
  ]);
});

Deno.test("notebookProblems() names ids that are missing, malformed or taken", () => {
  const cells = [parametersCell, proseCell("a b", ""), proseCell("c", ""), proseCell("c", "")];
  const { id: _, ...withoutId } = proseCell("d", "");
  assertEquals(notebookProblems(exampleNotebook([...cells, withoutId]), "a.ipynb"), [
    "a.ipynb: cell 2 has no valid id",
    'a.ipynb: cell 4 has the id "c" of an earlier cell',
    "a.ipynb: cell 5 has no valid id",
  ]);
});

Deno.test("notebookProblems() names a cell of seventeen lines, not one of prose", () => {
  const long = "1;\n".repeat(17);
  const cells = [parametersCell, proseCell("prose", long), codeCell("long", long)];
  assertEquals(notebookProblems(exampleNotebook(cells), "a.ipynb"), [
    "a.ipynb: cell 3 has 17 lines, 16 are allowed",
  ]);
});

Deno.test("notebookProblems() wants one parameters cell with all three names", () => {
  assertEquals(notebookProblems(exampleNotebook([codeCell("a", "1;")]), "a.ipynb"), [
    'a.ipynb: 0 cells are tagged "parameters", not 1',
  ]);
  const short = codeCell("p", "const quick = false;\nlet seed = 1;", ["parameters"]);
  assertEquals(notebookProblems(exampleNotebook([short]), "a.ipynb"), [
    "a.ipynb: the parameters cell does not declare corpusName",
    "a.ipynb: the parameters cell does not declare seed",
  ]);
});

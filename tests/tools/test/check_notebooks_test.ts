import type { ICell } from "@jupyterlab/nbformat";
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { InvalidNotebookError } from "tools/jupyter/notebook/read_notebook.ts";
import { checkNotebooks, type NotebookProblems } from "tools/test/check_notebooks.ts";
import { codeCell, exampleNotebook, parametersCell, proseCell } from "./example_notebook.ts";

/** Checks one notebook in a project of its own; afterwards only what was there before may be left. */
async function checkCells(cells: ICell[]): Promise<NotebookProblems> {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(root, "lib"));
    await Deno.mkdir(join(root, "notebooks"));
    const configPath = join(root, "deno.json");
    await Deno.writeTextFile(configPath, '{ "imports": { "lib/": "./lib/" } }');
    await Deno.writeTextFile(join(root, "lib/add.ts"), addModule);
    await Deno.writeTextFile(join(root, "notebooks/near.ts"), "export const near = 1;\n");
    const notebook = JSON.stringify(exampleNotebook(cells));
    await Deno.writeTextFile(join(root, "notebooks/a.ipynb"), notebook);
    const problems = await checkNotebooks(["notebooks/a.ipynb"], { root, configPath });
    const left = await Array.fromAsync(
      Deno.readDir(join(root, "notebooks")),
      (entry) => entry.name,
    );
    assertEquals(left.sort(), ["a.ipynb", "near.ts"]);
    return problems;
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const addModule = "export function add(a: number, b: number): number {\n  return a + b;\n}\n";
const imports = codeCell(
  "i",
  'import { add } from "lib/add.ts";\nimport { near } from "./near.ts";',
);

Deno.test("checkNotebooks() finds nothing wrong in cells that use each other, aliases and neighbours", async () => {
  const cells = [proseCell("t", "# T"), imports, parametersCell, codeCell("u", "add(near, 1);")];
  assertEquals(await checkCells(cells), { lint: [], types: [] });
});

Deno.test("checkNotebooks() names notebook, cell and line of a wrong type", async () => {
  const cells = [proseCell("t", "# T"), imports, codeCell("u", 'near;\nadd(1, "2");')];
  const { lint, types } = await checkCells(cells);
  assertEquals(lint, []);
  assertEquals(types.length, 1);
  assertStringIncludes(types[0], "notebooks/a.ipynb, cell 3, line 2");
  assertStringIncludes(types[0], "TS2345");
});

Deno.test("checkNotebooks() names notebook, cell and line of a lint", async () => {
  const cells = [parametersCell, codeCell("u", "1;\nconst unused = 1;")];
  const { lint, types } = await checkCells(cells);
  assertEquals(lint, [
    "notebooks/a.ipynb, cell 2, line 2: `unused` is never used (no-unused-vars)",
  ]);
  assertEquals(types, []);
});

Deno.test("checkNotebooks() reports a name declared twice and a cell that does not parse", async () => {
  const twice = await checkCells([
    codeCell("a", "const a = 1;\na;"),
    codeCell("b", "const a = 2;"),
  ]);
  assertStringIncludes(twice.types.join("\n"), "notebooks/a.ipynb, cell 2, line 1");
  const broken = await checkCells([codeCell("a", "1;"), codeCell("b", "const = 2;")]);
  assertStringIncludes(broken.lint.join("\n"), "notebooks/a.ipynb, cell 2, line 1");
  assertStringIncludes(broken.types.join("\n"), "notebooks/a.ipynb, cell 2, line 1");
});

Deno.test("checkNotebooks() rejects a file that is no notebook", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(join(root, "a.ipynb"), "{}");
    const checking = () => checkNotebooks(["a.ipynb"], { root, configPath: "deno.json" });
    await assertRejects(checking, InvalidNotebookError);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

import { assertEquals } from "@std/assert";
import { dirname, join } from "node:path";
import {
  checkFormat,
  checkLint,
  checkNotebookCells,
  checkTypes,
  runTests,
  type StageContext,
} from "tools/test/stages.ts";
import { codeCell, exampleNotebook } from "./example_notebook.ts";

/** Runs the work in a small project of its own. */
async function inProject(
  files: Record<string, string>,
  work: (context: StageContext) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    const configPath = join(root, "deno.json");
    await Deno.writeTextFile(configPath, '{ "imports": { "lib/": "./lib/" } }\n');
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(dirname(join(root, path)), { recursive: true });
      await Deno.writeTextFile(join(root, path), text);
    }
    await work({ root, configPath, paths: [], log: () => {} });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const verdict = ({ passed, failed }: { passed: number; failed: number }) => [passed, failed];

Deno.test("checkFormat(), checkLint() and checkTypes() pass a project in order", async () => {
  await inProject({ "lib/a.ts": "export const a: number = 1;\n" }, async (context) => {
    assertEquals(verdict(await checkFormat(context)), [1, 0]);
    assertEquals(verdict(await checkLint(context)), [1, 0]);
    assertEquals(verdict(await checkTypes(context)), [1, 0]);
  });
});

Deno.test("checkFormat(), checkLint() and checkTypes() each fail what is theirs", async () => {
  const files = { "tools/a.ts": 'const unused: number = "1"\n' };
  await inProject(files, async (context) => {
    assertEquals(verdict(await checkFormat(context)), [0, 1]);
    assertEquals(verdict(await checkLint(context)), [0, 1]);
    assertEquals(verdict(await checkTypes(context)), [0, 1]);
  });
});

Deno.test("checkFormat() reads the cells of notebooks", async () => {
  const notebook = JSON.stringify(exampleNotebook([codeCell("a", "const   a=1")]));
  await inProject({ "notebooks/n.ipynb": notebook }, async (context) => {
    assertEquals(verdict(await checkFormat(context)), [0, 1]);
  });
});

Deno.test("checkTypes() reads the examples in docstrings", async () => {
  const code =
    "/**\n * One.\n * ```ts\n * const a: string = one;\n * ```\n */\nexport const one = 1;\n";
  await inProject({ "lib/one.ts": code }, async (context) => {
    assertEquals(verdict(await checkTypes(context)), [0, 1]);
  });
});

Deno.test("checkNotebookCells() reads lectures and solutions, one stage for lint and one for types", async () => {
  const wrong = JSON.stringify(exampleNotebook([codeCell("a", "const a: string = 1;\na;")]));
  const fine = JSON.stringify(exampleNotebook([codeCell("a", "const a = 1;\na;")]));
  const files = { "notebooks/n.ipynb": fine, "notebooks/solutions/n.ipynb": wrong };
  await inProject(files, async (context) => {
    const stages = await checkNotebookCells(context);
    assertEquals(stages.map(verdict), [[1, 0], [0, 1]]);
    const narrowed = await checkNotebookCells({ ...context, paths: ["notebooks/n.ipynb"] });
    assertEquals(narrowed.map(verdict), [[1, 0], [1, 0]]);
    const folder = await checkNotebookCells({ ...context, paths: ["notebooks/solutions"] });
    assertEquals(folder.map(verdict), [[1, 0], [0, 1]]);
    assertEquals(await checkNotebookCells({ ...context, paths: ["lib"] }), []);
  });
});

Deno.test("checkLint() reads only the paths asked for, and has nothing to say of those without code", async () => {
  const files = {
    "lib/a.ts": "const unused = 1;\n",
    "tools/b.ts": "export {};\n",
    "data/a.md": "",
  };
  await inProject(files, async (context) => {
    const lintOf = async (...paths: string[]) => verdict(await checkLint({ ...context, paths }));
    assertEquals(await lintOf("tools"), [1, 0]);
    assertEquals(await lintOf("lib/a.ts"), [0, 1]);
    assertEquals(await lintOf("data", "data/a.md"), [1, 0]);
  });
});

Deno.test("runTests() leaves checks in a browser to their own task: their names are not of tests", async () => {
  const files = {
    "lib/a.ts": "export const a = 1;\n",
    "tests/a_test.ts": 'Deno.test("a", () => {});\n',
    "tests/browser/b_check.ts": 'Deno.test("b", () => {\n  throw new Error("a browser");\n});\n',
  };
  await inProject(files, async (context) => {
    assertEquals(verdict(await runTests(context)), [1, 0]);
  });
  const own = await Array.fromAsync(Deno.readDir(new URL("../../browser", import.meta.url)));
  assertEquals(own.map(({ name }) => name).filter((name) => /[._]test\./.test(name)), []);
});

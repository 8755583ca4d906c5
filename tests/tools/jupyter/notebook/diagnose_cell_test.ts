import { assertEquals, assertStringIncludes } from "@std/assert";
import type { FailureKind } from "tools/jupyter/run/execution_result.ts";
import { outputsOf, runSample, sampleNotebook } from "../sample_notebook.ts";

const files = {
  "broken.ts": "export const a = 1;\nexport const b = ;\n",
  "thrower.ts": `export type Shape = { sides: number };
export const sides = 3;
export function throwing(): never {
  throw new RangeError("from the module");
}
`,
};

interface Case {
  readonly title: string;
  readonly source: string;
  readonly kind: FailureKind;
  readonly says: string;
  /** A line of the excerpt. */
  readonly shows: string;
}

const cases: readonly Case[] = [
  {
    title: "an error thrown after a log",
    source: "console.log('before');\nthrow new TypeError('no good');",
    kind: "cell-error",
    says: "TypeError: no good",
    shows: "  2 | throw new TypeError('no good');",
  },
  {
    title: "an error thrown in a module, with the place",
    source: "import { throwing } from './thrower.ts';\nthrowing();",
    kind: "cell-error",
    says: "thrower.ts:4:9",
    shows: "  2 | throwing();",
  },
  {
    title: "a thrown value that is no error",
    source: "throw 'just text'",
    kind: "cell-error",
    says: "just text",
    shows: "  1 | throw 'just text'",
  },
  {
    title: "a syntax error, with its place",
    source: "const a = 1;\nconst b = ;\na",
    kind: "syntax-error",
    says: "Expression expected (line 2, column 11)",
    shows: "> 2 | const b = ;",
  },
  {
    title: "a syntax error that only the engine sees",
    source: "const twice = 1;\nconst twice = 2;",
    kind: "syntax-error",
    says: "'twice' has already been declared",
    shows: "> 2 | const twice = 2;",
  },
  {
    title: "a module that is not there",
    source: "const a = 1;\nimport { x } from './nowhere.ts';",
    kind: "unresolved-import",
    says: 'Cannot import "./nowhere.ts": Module not found',
    shows: "> 2 | import { x } from './nowhere.ts';",
  },
  {
    title: "a bare name that no import map knows",
    source: "import x from 'no-such-alias';",
    kind: "unresolved-import",
    says: 'Cannot import "no-such-alias"',
    shows: "> 1 | import x from 'no-such-alias';",
  },
  {
    title: "a syntax error in an imported module",
    source: "import { a } from './broken.ts';",
    kind: "syntax-error",
    says: "broken.ts:2:18",
    shows: "> 1 | import { a } from './broken.ts';",
  },
  {
    title: "a name that its module does not export",
    source: "import { side } from './thrower.ts';\nside + 1",
    kind: "missing-export",
    says: "no exported member named 'side'. Did you mean 'sides'?",
    shows: "> 1 | import { side } from './thrower.ts';",
  },
  {
    title: "a rejection that nobody handles",
    source: "void Promise.reject(new Error('lost'));\n1",
    kind: "unhandled-rejection",
    says: "nobody caught it: Error: lost",
    shows: "  1 | void Promise.reject(new Error('lost'));",
  },
  {
    title: "an error in a timer",
    source: "setTimeout(() => { throw new Error('late') }, 0); 1",
    kind: "timer-error",
    says: "A timer or event listener threw: Error: late",
    shows: "  1 | setTimeout(() => { throw new Error('late') }, 0); 1",
  },
  {
    title: "a test that fails",
    source: "Deno.test('sum', () => { throw new Error('not 4') });",
    kind: "failed-test",
    says: "A test failed: Error: not 4",
    shows: "  1 | Deno.test('sum', () => { throw new Error('not 4') });",
  },
];

for (const { title, source, kind, says, shows } of cases) {
  Deno.test(`diagnoseCell() names ${title}`, async () => {
    const result = await runSample(sampleNotebook("'first'", source, "'never'"), { files });
    const failure = result.failure!;
    assertEquals([failure.kind, failure.cellIndex, failure.cellNumber], [kind, 1, 2]);
    assertStringIncludes(failure.message, says);
    assertStringIncludes(failure.excerpt, shows);
    // The page shows it too, and nothing ran after it.
    assertEquals(outputsOf(result, 1).at(-1)!.output_type, "error");
    assertEquals([outputsOf(result, 0).length, outputsOf(result, 2).length], [1, 0]);
    assertEquals(result.cells.length, 2);
  });
}

Deno.test("diagnoseCell() has no quarrel with types imported as values, handled rejections, passing tests", async () => {
  const { failure } = await runSample(
    sampleNotebook(
      "import { Shape, sides } from './thrower.ts';\nconst shape: Shape = { sides };",
      "const caught = Promise.reject(new Error('x')); caught.catch(() => {});",
      "addEventListener('unhandledrejection', (event) => event.preventDefault());\n" +
        "void Promise.reject(new Error('dealt with'));",
      "Deno.test('fine', () => {}); Deno.test({ name: 'too', async fn() { await 0; } });",
    ),
    { files },
  );
  assertEquals(failure, undefined);
});

Deno.test("diagnoseCell() sees a timer that fails soon after the last cell", async () => {
  const { failure } = await runSample(
    sampleNotebook("1", "setTimeout(() => { throw new Error('late') }, 25);"),
  );
  assertEquals([failure?.kind, failure?.cellNumber], ["timer-error", 2]);
});

Deno.test("diagnoseCell() does not count an injected cell in the number its author is told", async () => {
  const { failure } = await runSample(
    sampleNotebook({ source: "const a = 1;", tags: ["parameters"] }, "throw new Error(`${a}`)"),
    { parameters: { a: 2 }, name: "notebook.ipynb" },
  );
  assertEquals([failure?.notebook, failure?.cellIndex, failure?.cellNumber], [
    "notebook.ipynb",
    2,
    2,
  ]);
});

import { assertEquals } from "@std/assert";
import { chanceProblems, mirrorProblems, sizeProblems } from "tools/test/file_rules.ts";

Deno.test("mirrorProblems() lists a module whose test is missing or elsewhere", () => {
  const text = "export const x = 1;\n";
  const modules = [{ path: "lib/a/one.ts", text }, { path: "lib/a/two.ts", text }];
  const tests = ["tests/a/one_test.ts", "tests/b/two_test.ts"];
  assertEquals(mirrorProblems(modules, tests), ["lib/a/two.ts has no tests/a/two_test.ts"]);
});

Deno.test("mirrorProblems() asks no test of a module of types, and one of anything that runs", () => {
  const problemsOf = (text: string) => mirrorProblems([{ path: "lib/a/b.ts", text }], []).length;
  assertEquals(problemsOf("export interface A {\n  b: string;\n}\nexport type B = A;\n"), 0);
  assertEquals(problemsOf('export type { A } from "./a.ts";\n'), 0);
  for (
    const start of ["function f", "async function* f", "class C", "abstract class C", "enum E"]
  ) {
    assertEquals(problemsOf(`export ${start}() {}`), 1);
  }
  assertEquals(problemsOf('export { a } from "./a.ts";\n'), 1);
});

Deno.test("sizeProblems() allows 250 lines and not 251", () => {
  const lines = (count: number) => "x\n".repeat(count);
  assertEquals(sizeProblems([{ path: "lib/a/long.ts", text: lines(250) }]), []);
  assertEquals(sizeProblems([{ path: "lib/a/long.ts", text: lines(251) }]), [
    "lib/a/long.ts has 251 lines, 250 are allowed",
  ]);
});

Deno.test("sizeProblems() refuses names that say nothing", () => {
  const files = ["utils", "mod", "index", "common", "helpers", "misc", "index_of_words"];
  const problems = sizeProblems(files.map((name) => ({ path: `lib/a/${name}.ts`, text: "" })));
  assertEquals(problems.length, 6);
});

Deno.test("chanceProblems() names file and line of a draw without a seed", () => {
  const text =
    "const fine = random();\nconst bad = Math.random();\nconst worse = tf.randomNormal([2]);";
  assertEquals(chanceProblems([{ path: "lib/a.ts", text }]), [
    "lib/a.ts, line 2: chance without a seed",
    "lib/a.ts, line 3: chance without a seed",
  ]);
});

Deno.test("chanceProblems() leaves alone a sentence about chance and our own randomNormal", () => {
  const text = "// unlike Math.random, this has a seed\nconst draw = randomNormal(random);";
  assertEquals(chanceProblems([{ path: "lib/a.ts", text }]), []);
});

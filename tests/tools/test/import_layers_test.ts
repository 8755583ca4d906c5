import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { layerProblems, readLibraryImports, roomProblems } from "tools/test/import_layers.ts";

const layers = [["text"], ["decoding", "inference"], ["probes"]];

Deno.test("layerProblems() accepts imports of the own folder and of earlier ones", () => {
  const modules = [
    { module: "text/a.ts", imports: ["text/b.ts"] },
    { module: "probes/p.ts", imports: ["text/a.ts", "inference/i.ts"] },
  ];
  assertEquals(layerProblems(modules, layers), []);
});

Deno.test("layerProblems() names an import that runs against the order", () => {
  const modules = [{ module: "text/a.ts", imports: ["probes/p.ts"] }];
  assertEquals(layerProblems(modules, layers), [
    "lib/text/a.ts imports lib/probes/p.ts, but text comes before or beside probes",
  ]);
});

Deno.test("layerProblems() keeps siblings apart", () => {
  const modules = [{ module: "decoding/d.ts", imports: ["inference/i.ts"] }];
  assertEquals(layerProblems(modules, layers).length, 1);
});

Deno.test("layerProblems() refuses folders that are no layer, and files in none", () => {
  const modules = [
    { module: "extra/e.ts", imports: [] },
    { module: "loose.ts", imports: [] },
    { module: "probes/p.ts", imports: ["extra/e.ts"] },
  ];
  assertEquals(layerProblems(modules, layers).length, 3);
});

Deno.test("roomProblems() names an import from one room of the probes into another", () => {
  const modules = [
    {
      module: "probes/state/a.ts",
      imports: ["probes/state/b.ts", "probes/median.ts", "text/c.ts"],
    },
    { module: "probes/median.ts", imports: ["probes/state/b.ts"] },
    { module: "probes/cost/d.ts", imports: ["probes/state/a.ts"] },
  ];
  assertEquals(roomProblems(modules), [
    "lib/probes/cost/d.ts imports lib/probes/state/a.ts, of another room of the probes",
  ]);
});

Deno.test("readLibraryImports() finds imports by alias, by relative path, of types and dynamic", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(root, "lib/a"), { recursive: true });
    await Deno.mkdir(join(root, "lib/b"));
    await Deno.writeTextFile(join(root, "deno.json"), '{ "imports": { "lib/": "./lib/" } }');
    await Deno.writeTextFile(join(root, "lib/b/types.ts"), "export type T = number;\n");
    await Deno.writeTextFile(join(root, "lib/b/late.ts"), "export const late = 1;\n");
    await Deno.writeTextFile(
      join(root, "lib/a/one.ts"),
      '// import "lib/b/absent.ts"\nimport type { T } from "lib/b/types.ts";\n' +
        'export const x: T = (await import("../b/late.ts")).late;\n',
    );
    const files = ["lib/a/one.ts", "lib/b/late.ts", "lib/b/types.ts"];
    const modules = await readLibraryImports(files, { root });
    assertEquals(modules.find(({ module }) => module === "a/one.ts")?.imports.toSorted(), [
      "b/late.ts",
      "b/types.ts",
    ]);
    assertEquals(modules.length, 3);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("readLibraryImports() rejects where there is no configuration to read", async () => {
  const root = await Deno.makeTempDir();
  try {
    await assertRejects(() => readLibraryImports([], { root }), Error, "Cannot read the imports");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

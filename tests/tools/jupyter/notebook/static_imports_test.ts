import { assertEquals } from "@std/assert";
import { staticImports } from "tools/jupyter/notebook/static_imports.ts";

Deno.test("staticImports() finds names and modules in every form of import", () => {
  const imports = staticImports(`import { a, b as c } from "one.ts";
import d from "two.ts"
import e, { type F, g } from 'three.ts';
import * as h from "four.ts";
import "five.ts";
import {
  i, // the first
  j,
} from "six.ts";
const k = await import("seven.ts");`);
  assertEquals(imports.specifiers, [
    "one.ts",
    "two.ts",
    "three.ts",
    "four.ts",
    "five.ts",
    "six.ts",
    "seven.ts",
  ]);
  assertEquals(imports.names.map(({ specifier, name }) => `${name} of ${specifier}`), [
    "a of one.ts",
    "b of one.ts",
    "default of two.ts",
    "default of three.ts",
    "g of three.ts",
    "i of six.ts",
    "j of six.ts",
  ]);
});

Deno.test("staticImports() asks for nothing in type imports, comments and templates", () => {
  const imports = staticImports(`import type { A } from "one.ts";
// import { b } from "two.ts";
/*
import { c } from "three.ts";
*/
const shown = \`
import { d } from "four.ts";
\`;`);
  assertEquals(imports, { specifiers: [], names: [] });
});

import { assertEquals } from "@std/assert";
import { joinCells } from "tools/test/joined_cells.ts";
import { codeCell, exampleNotebook, parametersCell, proseCell } from "./example_notebook.ts";

Deno.test("joinCells() joins code cells in order and leads lines back to their cells", () => {
  const cells = [
    proseCell("t", "# T"),
    codeCell("a", "const a = 1;\n\na;"),
    codeCell("b", "a + 1;"),
  ];
  const joined = joinCells(exampleNotebook(cells));
  assertEquals(joined.code, "const a = 1;\n\na;\na + 1;\nexport {};\n");
  assertEquals(joined.place(3), { cell: 2, line: 3 });
  assertEquals(joined.place(4), { cell: 3, line: 1 });
  assertEquals(joined.place(5), undefined);
});

Deno.test("joinCells() counts parameters as used", () => {
  const joined = joinCells(exampleNotebook([parametersCell]));
  assertEquals(joined.code.split("\n").at(-3), "void [quick, corpusName, seed];");
});

Deno.test("joinCells() leaves out cells that do not run or are there to fail, and does not count injected ones", () => {
  const cells = [
    parametersCell,
    codeCell("i", "const seed = 2;", ["injected-parameters"]),
    codeCell("s", "skipped;", ["skip-execution"]),
    codeCell("r", "throw 1;", ["raises-exception"]),
    codeCell("k", "kept;"),
  ];
  const joined = joinCells(exampleNotebook(cells));
  assertEquals(joined.code.split("\n")[3], "kept;");
  assertEquals(joined.place(4), { cell: 4, line: 1 });
});

Deno.test("joinCells() reads sources held as lists of lines", () => {
  const cell = { ...codeCell("a", ""), source: ["const a = 1;\n", "a;"] };
  assertEquals(joinCells(exampleNotebook([cell])).code, "const a = 1;\na;\nexport {};\n");
});

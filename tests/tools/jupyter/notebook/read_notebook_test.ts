import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  cellTags,
  InvalidNotebookError,
  isCodeCell,
  joinLines,
  parseNotebook,
  readNotebook,
} from "tools/jupyter/notebook/read_notebook.ts";
import { formatNotebook, writeNotebookAtomically } from "tools/jupyter/notebook/write_notebook.ts";
import { sampleNotebook } from "../sample_notebook.ts";

Deno.test("parseNotebook() returns a notebook as it is, fields it does not know included", () => {
  const notebook = { ...sampleNotebook("1"), more: { a: 1 } };
  assertEquals(parseNotebook(JSON.stringify(notebook)), notebook);
});

Deno.test("parseNotebook() says what is no notebook, and where", () => {
  const refused = (text: string, says: string) =>
    assertThrows(() => parseNotebook(text, "x.ipynb"), InvalidNotebookError, says);
  refused('{"cells": [', "Cannot read x.ipynb: not valid JSON");
  refused("[]", "not a notebook of nbformat 4 (top level:");
  refused('{"nbformat":3,"nbformat_minor":0,"metadata":{},"cells":[]}', "nbformat:");
  const bad = sampleNotebook("1", "2");
  bad.cells[1].source = 5 as unknown as string;
  refused(JSON.stringify(bad), "cells.1.source:");
  refused(JSON.stringify(bad).replace('"code"', '"cod"'), "cells.0.cell_type:");
});

Deno.test("readNotebook() names the file that is not there", async () => {
  await assertRejects(() => readNotebook("no/such.ipynb"), InvalidNotebookError, "no/such.ipynb");
});

Deno.test("writeNotebookAtomically() leaves a file that readNotebook() reads, and nothing beside it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/a.ipynb`;
    await writeNotebookAtomically(path, sampleNotebook("old"));
    await writeNotebookAtomically(path, sampleNotebook("first\nsecond"));
    const read = await readNotebook(path);
    assertEquals(read.cells[0].source, ["first\n", "second"]);
    assertEquals(await Deno.readTextFile(path), formatNotebook(read));
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["a.ipynb"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("writeNotebookAtomically() that fails keeps the old file and leaves no half-written one", async () => {
  const folder = await Deno.makeTempDir();
  try {
    // A folder in the file's place: the rename fails after the writing.
    await Deno.mkdir(`${folder}/a.ipynb/inside`, { recursive: true });
    await assertRejects(() => writeNotebookAtomically(`${folder}/a.ipynb`, sampleNotebook("1")));
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["a.ipynb"]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("formatNotebook() sorts keys and indents by one space, as Jupyter does", () => {
  const text = formatNotebook({ nbformat_minor: 5, nbformat: 4, metadata: {}, cells: [] });
  assertEquals(
    text,
    '{\n "cells": [],\n "metadata": {},\n "nbformat": 4,\n "nbformat_minor": 5\n}\n',
  );
});

Deno.test("cellTags(), isCodeCell() and joinLines() read a cell", () => {
  const [cell] = sampleNotebook({ source: "1", tags: ["a"] }).cells;
  assertEquals([cellTags(cell), cellTags({ ...cell, metadata: {} })], [["a"], []]);
  assert(isCodeCell(cell) && !isCodeCell({ ...cell, cell_type: "markdown" }));
  assertEquals([joinLines(["a\n", "b"]), joinLines("a\nb")], ["a\nb", "a\nb"]);
});

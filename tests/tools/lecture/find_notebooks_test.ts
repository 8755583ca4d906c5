import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { findNotebooks } from "tools/lecture/find_notebooks.ts";
import { UsageError } from "tools/command/command_line.ts";

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  const folder = join(root, "notebooks");
  try {
    await Deno.mkdir(join(folder, "solutions"), { recursive: true });
    const files = ["10_z.ipynb", "2_two.ipynb", "1_one.ipynb", ".1_one.ipynb.part", "notes.md"];
    for (const file of [...files, "solutions/1_one.ipynb"]) {
      await Deno.writeTextFile(join(folder, file), "{}");
    }
    await test(folder);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("findNotebooks() takes the whole lecture in the order of its numbers", () =>
  inFolder(async (folder) => {
    const found = await findNotebooks([], { folder });
    assertEquals(found.map(({ name }) => name), ["1_one", "2_two", "10_z"]);
    assertEquals(found.every(({ ofLecture }) => ofLecture), true);
  }));

Deno.test("findNotebooks() knows a notebook by number, name, start of name and path", () =>
  inFolder(async (folder) => {
    for (const name of ["1", "1_one", "1_o", join(folder, "1_one.ipynb")]) {
      const found = await findNotebooks([name], { folder });
      assertEquals(found, [{ path: join(folder, "1_one.ipynb"), name: "1_one", ofLecture: true }]);
    }
    assertEquals((await findNotebooks(["10", "2"], { folder })).map(({ name }) => name), [
      "2_two",
      "10_z",
    ]);
  }));

Deno.test("findNotebooks() gives another notebook of the same name a name of its own", () =>
  inFolder(async (folder) => {
    const path = join(folder, "solutions", "1_one.ipynb");
    const found = await findNotebooks(["1", path], { folder });
    assertEquals(found.map(({ name, ofLecture }) => [name, ofLecture]), [
      ["1_one", true],
      ["solutions_1_one", false],
    ]);
  }));

Deno.test("findNotebooks() says which notebooks there are when it does not find one", () =>
  inFolder(async (folder) => {
    await assertRejects(() => findNotebooks(["3"], { folder }), UsageError, "1_one, 2_two, 10_z");
    await assertRejects(
      () => findNotebooks([join(folder, "x.ipynb")], { folder }),
      UsageError,
      "Cannot find",
    );
    await assertRejects(
      () => findNotebooks([], { folder: join(folder, "none") }),
      UsageError,
      "No notebooks",
    );
  }));

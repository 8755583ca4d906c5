import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { unformattedNotebooks } from "tools/test/notebook_format.ts";

const notebook = (source: string) =>
  JSON.stringify(
    {
      cells: [{
        cell_type: "code",
        execution_count: null,
        id: crypto.randomUUID().slice(0, 8), // new content, which no cache of deno fmt has seen
        metadata: {},
        outputs: [],
        source: [source],
      }],
      metadata: { language_info: { name: "typescript" } },
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    1,
  ) + "\n";

async function inFolder(files: Record<string, string>): Promise<string> {
  const root = await Deno.makeTempDir();
  await Deno.writeTextFile(join(root, "deno.json"), "{}");
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(join(root, name), text);
  }
  return root;
}

Deno.test("unformattedNotebooks() names what deno fmt would change, and nothing else", async () => {
  const root = await inFolder({
    "good.ipynb": notebook("const a = 1;"),
    "bad.ipynb": notebook("const a=1"),
  });
  assertEquals(await unformattedNotebooks(["good.ipynb", "bad.ipynb"], { root }), ["bad.ipynb"]);
  assertEquals(await unformattedNotebooks([], { root }), []);
  await Deno.remove(root, { recursive: true });
});

Deno.test("unformattedNotebooks() leaves the notebooks themselves alone", async () => {
  const bad = notebook("const a=1");
  const root = await inFolder({ "bad.ipynb": bad });
  await unformattedNotebooks(["bad.ipynb"], { root });
  assertEquals(await Deno.readTextFile(join(root, "bad.ipynb")), bad);
  await Deno.remove(root, { recursive: true });
});

Deno.test("unformattedNotebooks() says so when a notebook cannot be read", async () => {
  const root = await inFolder({ "bad.ipynb": "{ no notebook" });
  const error = () => unformattedNotebooks(["bad.ipynb"], { root });
  await assertRejects(error, Error, "Cannot format the notebooks");
  await Deno.remove(root, { recursive: true });
});

import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { UsageError } from "tools/command/command_line.ts";
import { checkBeforeRun } from "tools/lecture/check_before_run.ts";

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const page = "some text and more of it ".repeat(30);
const text = (name = "") =>
  Promise.resolve({
    ...{ name, title: name, text: page, source: name, licence: "none", sha256: "" },
    characters: page.length,
  });

Deno.test("checkBeforeRun() refuses an --out that cannot be written to, and leaves nothing in one that can", () =>
  inFolder(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    await assertRejects(
      () => checkBeforeRun({ out: join(file, "out"), store: false }),
      UsageError,
      `Cannot use --out ${join(file, "out")}: `,
    );
    const out = join(folder, "new", "out");
    assertEquals(await checkBeforeRun({ out, store: false }), {});
    assertEquals([...Deno.readDirSync(out)], []);
  }));

Deno.test("checkBeforeRun() names a corpus of the catalogue by its name and any file by its whole path", () =>
  inFolder(async (folder) => {
    const check = (corpus: string) =>
      checkBeforeRun({ out: folder, corpus, store: false }, { loadCorpus: text });
    assertEquals(await check("timemachine"), { corpusName: "timemachine" });
    // A file without a dot in its name, from where the command was typed.
    assertEquals(await check("mytext"), { corpusName: join(Deno.cwd(), "mytext") });
    assertEquals(await check("/texts/mine.txt"), { corpusName: "/texts/mine.txt" });
  }));

Deno.test("checkBeforeRun() refuses a corpus that is not there, and --store for one of nobody's catalogue", () =>
  inFolder(async (folder) => {
    await assertRejects(
      () => checkBeforeRun({ out: folder, corpus: "nosuch", store: false }),
      UsageError,
      'Cannot use --corpus nosuch. Cannot load corpus "nosuch": it is neither a file nor one of',
    );
    await assertRejects(
      () => checkBeforeRun({ out: folder, corpus: "mytext", store: true }, { loadCorpus: text }),
      UsageError,
      "Cannot use --store with --corpus mytext",
    );
  }));

Deno.test("checkBeforeRun() refuses a text that the notebooks cannot be run on, before any of them runs", () =>
  inFolder(async (folder) => {
    const short = join(folder, "short.txt");
    await Deno.writeTextFile(short, "Too short to learn from.");
    await assertRejects(
      () => checkBeforeRun({ out: folder, corpus: short, store: false }),
      UsageError,
      "it has 24 characters, at least 500 are needed",
    );
  }));

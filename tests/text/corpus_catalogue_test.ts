import { assertEquals, assertRejects } from "@std/assert";
import { DATA_FOLDER, readCatalogue } from "lib/text/corpus_catalogue.ts";
import { sha256Hex } from "lib/text/corpus_download.ts";
import { countCharacters, decodeText, readTextBytes } from "lib/text/corpus_file.ts";

Deno.test("readCatalogue() lists the embedded corpus and The Time Machine as the book has it", async () => {
  const catalogue = await readCatalogue();
  const timeMachine = catalogue.find(({ name }) => name === "timemachine")!;
  assertEquals(timeMachine.bytes, 178_979);
  assertEquals(
    timeMachine.sha256,
    "8424dbd9532ac81f7e5f0b6add90e6952baea29158309d7d1bf3884f4e12c516",
  );
  assertEquals(catalogue.filter(({ name }) => name === "embedded").length, 1);
  assertEquals(new Set(catalogue.map(({ name }) => name)).size, catalogue.length);
});

Deno.test("readCatalogue() gives every file in data/ its true size, length and SHA-256", async () => {
  const embedded = (await readCatalogue()).filter(({ file }) => file !== undefined);
  assertEquals(embedded.length >= 2, true);
  for (const { name, file, bytes, characters, sha256 } of embedded) {
    const found = await readTextBytes(new URL(file!, DATA_FOLDER));
    assertEquals(found.length, bytes, name);
    assertEquals(await sha256Hex(found), sha256, name);
    assertEquals(countCharacters(decodeText(found, name)), characters, name);
  }
});

Deno.test("readCatalogue() says which entry lacks which field", async () => {
  const folder = await Deno.makeTempDir();
  const place = new URL(`file://${folder}/catalogue.json`);
  await Deno.writeTextFile(place, JSON.stringify([{ name: "x", title: "X", source: "s" }]));
  await assertRejects(() => readCatalogue(place), Error, "entry 0 (x) has no licence");
  const [entry] = await readCatalogue();
  await Deno.writeTextFile(place, JSON.stringify([entry, { ...entry, bytes: "178979" }]));
  const wrongBytes = `entry 1 (${entry.name}) has no bytes: Invalid input: expected number`;
  await assertRejects(() => readCatalogue(place), Error, wrongBytes);
  await Deno.writeTextFile(place, "{}");
  await assertRejects(() => readCatalogue(place), Error, "holds no list of corpora");
  await Deno.remove(folder, { recursive: true });
});

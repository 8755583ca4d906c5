import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { recordDisplays } from "lib/lecture/display_message.ts";
import { ownText } from "lib/lecture/own_text.ts";
import { madeText } from "tools/test/made_texts.ts";

const pasted = "Every morning the baker opens the shop, and every evening he closes it.\n".repeat(
  20,
);

Deno.test("ownText() takes a pasted text, chooses sizes and says how to go on", async () => {
  const [message] = await recordDisplays(async () => {
    const own = await ownText(pasted);
    assertEquals(own.corpus.text, pasted);
    assertEquals(own.corpus.characters, 1440);
    assertEquals([own.hiddenSize, own.unrollLength, own.batchSize], [32, 64, 4]);
    assertEquals((await ownText(pasted)).corpusName, own.corpusName);
    await Deno.remove(own.corpusName);
  });
  const shown = message.data["text/markdown"] as string;
  assertStringIncludes(shown, "1,440 characters of 24 kinds");
  assertStringIncludes(shown, 'const corpusName = "');
  assertStringIncludes(shown, "by heart");
  assertStringIncludes(shown, "a to z");
});

Deno.test("ownText() takes a file, and a name of the catalogue", async () => {
  const path = await Deno.makeTempFile({ suffix: ".txt" });
  try {
    await Deno.writeTextFile(path, "\ufeff" + pasted.replaceAll("\n", "\r\n"));
    const own = await ownText(path);
    assertEquals({ name: own.corpusName, text: own.corpus.text }, { name: path, text: pasted });
  } finally {
    await Deno.remove(path);
  }
  assertEquals((await ownText("embedded-second")).hiddenSize, 64);
});

Deno.test("ownText() takes a long paragraph without a line break for a text", async () => {
  const own = await ownText(pasted.replaceAll("\n", " ").slice(0, 600));
  assertEquals(own.corpus.characters, 600);
  await Deno.remove(own.corpusName);
});

Deno.test("ownText() says what is wrong with a text, and what to do", async () => {
  await assertRejects(() => ownText("one\nline\n"), RangeError, "at least 500 are needed");
  await assertRejects(() => ownText(" \n"), RangeError, "it is empty");
  await assertRejects(
    () => ownText("a line that is no file"),
    RangeError,
    "there is no such file, and a pasted text needs 500 characters, got 22",
  );
  await assertRejects(() => ownText("nowhere.txt"), Error, "neither a file nor one of the names");
});

Deno.test("ownText() answers the words that stand in its cell: Run All meets them", async () => {
  for (const words of ["path/to/file.txt or pasted text", "my_text.txt"] as const) {
    const [{ data }] = await recordDisplays(() => ownText(words));
    assertStringIncludes(data["text/markdown"] as string, "quotes and run this cell again");
  }
});

Deno.test("ownText() says what it takes for letters", async () => {
  const text = madeText("russian", { bytes: 3000 });
  const [{ data }] = await recordDisplays(async () => {
    await Deno.remove((await ownText(text)).corpusName);
  });
  assertStringIncludes(data["text/markdown"] as string, "the 23 most frequent of the text's own");
});

Deno.test("ownText() refuses what the lecture cannot be run on", async () => {
  const refused = async (text: string, why: string) => {
    const error = await assertRejects(() => ownText(text), RangeError);
    assertStringIncludes(error.message, why);
  };
  await refused("a aa aaa a\n".repeat(60), 'its only letter is "a"');
  await refused(" \n".repeat(400) + ".", 'its only letter is "."');
  await refused("12 ".repeat(20) + "\n".repeat(600), "it has 60 letters and spaces");
});

import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { countCharacters, decodeText, readTextBytes } from "lib/text/corpus_file.ts";

const encoded = (text: string) => new TextEncoder().encode(text);

Deno.test("decodeText() takes off the byte order mark and turns CR LF and CR into LF", () => {
  assertEquals(decodeText(encoded("\ufeffone\r\ntwo\rthree\n\r\n"), "x"), "one\ntwo\nthree\n\n");
  assertEquals(decodeText(encoded("a\ufeffb"), "x"), "a\ufeffb"); // a mark elsewhere is text
});

Deno.test("decodeText() names the first byte that is not UTF-8, and its line", () => {
  const prefix = encoded("é\n🙂 one\n"); // 2 + 1 + 4 + 5 bytes
  for (
    const [tail, at, value] of [
      [[0xff, 0x41], 12, "ff"], // no character begins so
      [[0xc3, 0x28], 13, "28"], // the second byte of two is wrong
      [[0xe2, 0x82, 0x41], 14, "41"], // the third of three
      [[0xc0, 0xaf], 12, "c0"], // an overlong slash
      [[0xed, 0xa0, 0x80], 13, "a0"], // a surrogate
      [[0x80], 12, "80"], // a continuation of nothing
    ] as const
  ) {
    const bytes = Uint8Array.of(...prefix, ...tail, 0x41);
    assertThrows(
      () => decodeText(bytes, "file x"),
      Error,
      `Cannot load file x: byte ${at} (0x${value}, line 3) is not UTF-8`,
    );
  }
});

Deno.test("decodeText() says that a text ends within a character", () => {
  assertThrows(
    () => decodeText(encoded("ab🙂").subarray(0, 5), "x"),
    Error,
    "ends within a UTF-8 character, after byte 4",
  );
});

Deno.test("decodeText() recognises UTF-16 by its mark", () => {
  for (const mark of [[0xff, 0xfe, 0x41, 0], [0xfe, 0xff, 0, 0x41]]) {
    assertThrows(() => decodeText(Uint8Array.from(mark), "x"), Error, "it is UTF-16");
  }
});

Deno.test("decodeText() refuses empty and one-character texts", () => {
  assertThrows(() => decodeText(new Uint8Array(0), "x"), Error, "it is empty, 0 bytes");
  assertThrows(() => decodeText(encoded("\ufeff"), "x"), Error, "holds 0 character(s)");
  for (const text of ["a", "🙂", "\ufeffa", "\r\n"]) {
    assertThrows(() => decodeText(encoded(text), "x"), Error, "holds 1 character(s)");
  }
  assertEquals(decodeText(encoded("ab"), "x"), "ab");
});

Deno.test("countCharacters() counts a surrogate pair once and a lone surrogate once", () => {
  assertEquals(countCharacters(""), 0);
  for (const text of ["a🙂b", "\ud83d🙂\ude42", "e\u0301", "\ud83d"]) {
    assertEquals(countCharacters(text), [...text].length);
  }
});

Deno.test("readTextBytes() and decodeText() take 4 MB in their stride", async () => {
  const path = await Deno.makeTempFile();
  const text = "The café, 🙂\n".repeat(250_000);
  await Deno.writeTextFile(path, text);
  assertEquals(decodeText(await readTextBytes(path), "x") === text, true);
  await Deno.remove(path);
});

Deno.test("readTextBytes() says what is wrong with a path", async () => {
  const folder = await Deno.makeTempDir();
  await assertRejects(() => readTextBytes(folder), Error, "it is a folder");
  await assertRejects(() => readTextBytes(`${folder}/none`), Error, "there is no such file");
  await Deno.remove(folder);
});

Deno.test("readTextBytes() refuses devices, pipes and circles of links at once", async () => {
  if (Deno.build.os === "windows") return;
  const folder = await Deno.makeTempDir();
  try {
    await assertRejects(() => readTextBytes("/dev/zero"), Error, "it is a device or a pipe");
    const pipe = `${folder}/pipe`;
    await new Deno.Command("mkfifo", { args: [pipe] }).output();
    await assertRejects(() => readTextBytes(pipe), Error, "it is a device or a pipe");
    await Deno.symlink(`${folder}/one`, `${folder}/other`);
    await Deno.symlink(`${folder}/other`, `${folder}/one`);
    await assertRejects(() => readTextBytes(`${folder}/one`), Error, "in a circle");
    await Deno.writeTextFile(`${folder}/file`, "text");
    await assertRejects(() => readTextBytes(`${folder}/file/x`), Error, "Not a directory");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("decodeText() refuses UTF-16 without a mark, and what is no text", () => {
  const utf16 = (text: string) =>
    Uint8Array.from([...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]));
  for (const text of ["Plain words, two bytes each", "Да здравствует слово"]) {
    assertThrows(
      () => decodeText(utf16(text), "x"),
      Error,
      "% of its bytes are control characters, as in UTF-16",
    );
  }
  // A form feed, a stray NUL and an escape are text.
  const page = "a page of text\f".repeat(10) + "\u0000\u001b";
  assertEquals(decodeText(encoded(page), "x"), page);
});

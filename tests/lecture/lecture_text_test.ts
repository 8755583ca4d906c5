import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type LectureText, lectureText, loadLectureText } from "lib/lecture/lecture_text.ts";
import type { Corpus } from "lib/text/corpus.ts";
import { countCharacters } from "lib/text/corpus_file.ts";
import { madeScripts, madeText } from "tools/test/made_texts.ts";

function corpusOf(text: string): Corpus {
  const about = { name: "a test", title: "A test", source: "here", licence: "none", sha256: "" };
  return { ...about, text, characters: countCharacters(text) };
}

function partsOf({ trainingText, validationText }: LectureText): number[] {
  return [countCharacters(trainingText), countCharacters(validationText)];
}

Deno.test("loadLectureText() cuts the embedded text at nine tenths and opens with its first word", async () => {
  const text = await loadLectureText("embedded");
  assertEquals(text.trainingText, text.corpus.text.slice(0, Math.floor(132_552 * 0.9)));
  assertEquals(text.trainingText + text.validationText, text.corpus.text);
  assertEquals([text.validationShare, text.letters.vocabulary.size], [0.1, 28]);
  assertEquals([text.opening, text.writtenOpening], ["the ", "The "]);
});

Deno.test("lectureText() holds out more of a short text, a quarter at most", async () => {
  const { text } = (await loadLectureText("embedded")).corpus;
  const cuts = [500, 1000, 3000, 5000, 10_000].map((n) =>
    partsOf(lectureText(corpusOf(text.slice(0, n))))
  );
  assertEquals(cuts, [[375, 125], [750, 250], [2500, 500], [4500, 500], [9000, 1000]]);
});

Deno.test("lectureText() cuts no surrogate pair in two", () => {
  const pairs = "𐐷𐐨".repeat(251) + "ab";
  const { trainingText, validationText } = lectureText(corpusOf(pairs));
  assertEquals(trainingText.isWellFormed() && validationText.isWellFormed(), true);
  assertEquals(trainingText + validationText, pairs);
});

Deno.test("lectureText() opens as the text does, in its own script and spelling", () => {
  const openings = ["да Да да. Нет! ", "AND SO, AND ON ", "甲乙丙丁乙丙", "7 11 7 42 "]
    .map((one) => lectureText(corpusOf(one.repeat(200))))
    .map(({ opening, writtenOpening }) => [opening, writtenOpening]);
  assertEquals(openings, [
    ["да ", "Да "],
    ["and ", "AND "],
    ["甲乙丙丁乙丙甲乙丙丁乙丙 ", "甲乙丙丁乙丙甲乙丙丁乙丙"],
    ["7 ", "7 "],
  ]);
});

Deno.test("lectureText() lets every made text through, and its openings can be encoded", () => {
  for (const script of madeScripts) {
    const { letters, opening, writtenOpening, corpus } = lectureText(
      corpusOf(madeText(script, { bytes: 3000 })),
    );
    assertEquals(letters.decode(letters.encode(opening)), opening);
    assertEquals(corpus.text.includes(writtenOpening), true, script);
  }
});

Deno.test("lectureText() refuses what is too little, and says of what", async () => {
  const refuse = (text: string, why: string) =>
    assertThrows(() => lectureText(corpusOf(text)), RangeError, why);
  refuse("Too short.", "it has 10 characters, at least 500 are needed");
  refuse("a aaa\n".repeat(100), 'its only letter is "a"');
  refuse("\u00a0 \n".repeat(300), "it is blank");
  refuse("1".repeat(250) + "2".repeat(40) + " ".repeat(300), "it has 291 letters and spaces");
  await assertRejects(() => loadLectureText("no/such/file"), Error, "neither a file nor one of");
});

Deno.test("lectureText() refuses a text whose held-out part has hardly a letter", () => {
  const table = "A line to read. ".repeat(200) + "1 2 3 4 5 6 7 8\n".repeat(40);
  assertThrows(
    () => lectureText(corpusOf(table)),
    RangeError,
    "its last 500 characters, on which models are measured, have 1 letters and spaces between words",
  );
  assertEquals(lectureText(corpusOf(table + "a line ".repeat(8))).validationText.length, 500);
});

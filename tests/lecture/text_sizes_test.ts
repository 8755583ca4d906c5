import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { sizesForText } from "lib/lecture/text_sizes.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";

Deno.test("sizesForText() grows the sizes with the text", () => {
  const sizes = [500, 5_000, 20_000, 1_000_000].map((characters) => {
    const { hiddenSize, unrollLength, batchSize, epochs } = sizesForText({
      characters,
      vocabularySize: 60,
    });
    return [hiddenSize, unrollLength, batchSize, epochs];
  });
  assertEquals(sizes, [[32, 16, 4, 60], [64, 64, 16, 60], [64, 64, 32, 60], [128, 64, 32, 2]]);
});

Deno.test("sizesForText() gives windows that the training part holds, four to a stream", () => {
  for (let characters = 500; characters < 2e6; characters = Math.ceil(characters * 1.7)) {
    const { unrollLength, batchSize } = sizesForText({ characters, vocabularySize: 30 });
    const training = new Int32Array(Math.floor(characters * 0.9));
    const { stepsPerEpoch } = streamWindows(training, { unrollLength, batchSize });
    // One id of the last stream has no target.
    assert(stepsPerEpoch >= 3, `${characters}: ${stepsPerEpoch}`);
  }
});

Deno.test("sizesForText() says what a text can teach", () => {
  const notes = (characters: number, vocabularySize = 60) =>
    sizesForText({ characters, vocabularySize }).notes.join(" ");
  assertStringIncludes(notes(3_000), "3,000 characters of 60 kinds: a state of 32 numbers");
  assertStringIncludes(notes(3_000), "by heart");
  assertStringIncludes(notes(30_000), "words and endings");
  assertStringIncludes(notes(300_000, 2_000), "the byte tokenizer");
  assertStringIncludes(notes(6_000_000), "time budget");
});

Deno.test("sizesForText() refuses what cannot be learned from, and says how much is needed", () => {
  assertThrows(
    () => sizesForText({ characters: 57, vocabularySize: 20 }),
    RangeError,
    "it has 57 characters, at least 500 are needed",
  );
  assertThrows(
    () => sizesForText({ characters: 900, vocabularySize: 1 }),
    RangeError,
    "repeats one character",
  );
});

import { assertEquals } from "@std/assert";
import { lettersTokenizer, normaliseLetters } from "lib/text/letters_tokenizer.ts";

Deno.test("normaliseLetters() turns every run of non-letters into one space", () => {
  assertEquals(normaliseLetters("The  Time\n\nMachine, [1898]: É-x"), "the time machine x");
  assertEquals(normaliseLetters("42"), " ");
  assertEquals(normaliseLetters(""), "");
});

Deno.test("lettersTokenizer() has 28 tokens: unknown, space, a to z", () => {
  const { vocabulary } = lettersTokenizer();
  assertEquals(vocabulary.size, 28);
  assertEquals(vocabulary.tokens.slice(0, 3), ["<unk>", " ", "a"]);
  assertEquals(vocabulary.idOf("z"), 27);
  assertEquals(vocabulary.unknownId, 0);
});

Deno.test("lettersTokenizer() encodes the normalised text and gives it back", () => {
  const tokenizer = lettersTokenizer();
  assertEquals([...tokenizer.encode("Ab,  C")], [2, 3, 1, 4]);
  assertEquals(tokenizer.decode(tokenizer.encode("Ça va?")), " a va ");
  assertEquals(tokenizer.decode([0, 2]), "<unk>a");
});

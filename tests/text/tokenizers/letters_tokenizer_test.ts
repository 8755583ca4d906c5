import { assertEquals } from "@std/assert";
import { lettersTokenizer, normaliseLetters } from "lib/text/tokenizers/letters_tokenizer.ts";

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

Deno.test("lettersTokenizer() of an English text is the book's, the odd accent aside", () => {
  const text = "The naïve café owner says that a plain egg is as good as it was. ".repeat(4);
  const tokenizer = lettersTokenizer(text.replace("ï", "i"));
  assertEquals([tokenizer.alphabet, tokenizer.vocabulary.size], ["own letters", 22]);
  const rare = lettersTokenizer(text + "x".repeat(1000));
  assertEquals([rare.alphabet, rare.vocabulary.size], ["a to z", 28]);
  assertEquals(rare.normalise("Café au lait"), "caf au lait");
});

Deno.test("lettersTokenizer() takes the letters of the text's own script", () => {
  const russian = lettersTokenizer("Ёж и 2 ежа; да-да!");
  assertEquals(russian.letters.join(""), "адежиё");
  assertEquals(russian.normalise("ДА, 3 Ежа\u0301x"), "да ежа ");
  assertEquals(russian.decode(russian.encode("Ёж, ёж")), "ёж ёж");
  const hebrew = lettersTokenizer("שָׁלוֹם עולם");
  assertEquals(hebrew.normalise("שָׁלוֹם, עולם!"), "שָׁלוֹם עולם ");
});

Deno.test("lettersTokenizer() keeps the 126 most frequent letters, and reads the others as spaces", () => {
  const common = Array.from({ length: 126 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join("");
  const tokenizer = lettersTokenizer(common + "龘" + common + "龘齉");
  assertEquals(tokenizer.vocabulary.size, 128);
  // 龘 comes twice as all of them do: the lower code points stay.
  assertEquals(tokenizer.letters.includes("龘"), false);
  assertEquals(tokenizer.normalise("一龘齉丁"), "一 丁");
  const inPairs = lettersTokenizer("𝒜𐐷𐐷 𐐷𠀀");
  assertEquals(inPairs.decode(inPairs.encode("𐐷𠀀")), "𐐷𠀀");
});

Deno.test("lettersTokenizer() takes the characters of a text that has hardly any letters", () => {
  const digits = lettersTokenizer("3.14\n15.92 e");
  assertEquals([digits.alphabet, digits.name], ["own characters", "frequent characters"]);
  assertEquals(digits.letters.join(""), ".123459e");
  assertEquals(digits.normalise("3.1\n\n4"), "3.1 4");
});

Deno.test("lettersTokenizer() never gives the unknown token", () => {
  for (const text of ["<unk>", "a<unk>b\u0000", "\ud83d and 🙂", "[^]\\-]"]) {
    for (const tokenizer of [lettersTokenizer(), lettersTokenizer(text)]) {
      assertEquals(tokenizer.encode(text).includes(tokenizer.vocabulary.unknownId!), false);
    }
  }
});

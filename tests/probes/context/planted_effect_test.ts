import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import {
  frequentNames,
  plantedEffect,
  plantedQuestions,
} from "lib/probes/context/planted_effect.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";

const text = "(ab) ab (ab) ab (ab) ab (ab) ab (ab) ab ";
const tokenizer = characterTokenizer(text);
const ids = tokenizer.encode(text);
const question = { planted: "(", control: " ", question: "b", answer: ")" };
const options = { tokenizer, fillerText: "aaaaaaaaaa", pieces: 3 };
const effectOf = (order: number, distance: number) =>
  plantedEffect(ngramModel(ids, { vocabulary: tokenizer.vocabulary, order }), question, {
    ...options,
    distance,
    random: randomStream(1, "pieces"),
  });

Deno.test("plantedEffect(): an n-gram remembers what lies within its order, and nothing beyond, exactly", async () => {
  assertEquals(await effectOf(4, 1) > 2, true); // "(ab" against " ab": the plant is 3 back
  assertEquals(await effectOf(3, 1), 0);
  assertEquals(await effectOf(4, 2), 0);
});

Deno.test("plantedEffect() is the difference of the answer's log-probabilities", async () => {
  const model = ngramModel(ids, { vocabulary: tokenizer.vocabulary, order: 4 });
  const cost = (start: string) => model.tokenLosses(tokenizer.encode(`${start}ab)`)).at(-1)!;
  assertAlmostEquals(await effectOf(4, 1), cost(" ") - cost("("), 1e-12);
});

Deno.test("plantedEffect() refuses a filler text shorter than the distance", async () => {
  await assertRejects(() => effectOf(4, 10), RangeError, "pieces of 10 characters");
});

Deno.test("plantedEffect() plants whole characters: no piece holds half of a surrogate pair", async () => {
  const pictures = characterTokenizer(text + "🙂");
  const model = ngramModel(pictures.encode(text), { vocabulary: pictures.vocabulary, order: 3 });
  const random = randomStream(1, "pieces");
  const filler = {
    tokenizer: pictures,
    fillerText: "🙂".repeat(10),
    pieces: 8,
    distance: 3,
    random,
  };
  assertEquals(await plantedEffect(model, question, filler), 0);
  await assertRejects(
    () => plantedEffect(model, question, { ...filler, distance: 10 }),
    RangeError,
    "a text of 10",
  );
});

const heldOutText = 'They saw Ruth (and\nMark); "so," he said. It\'s late.';

Deno.test("plantedQuestions() asks for quotations, brackets and names where a text has them", () => {
  const trainingText =
    ('"Yes," she told Ruth (again). then Mark came, and Anna saw Ruth. ').repeat(6) +
    "and Mark left. so Mark came.";
  const { questions, fillerText } = plantedQuestions({ trainingText, heldOutText });
  assertEquals(questions.map(({ name }) => name), ["quotation", "bracket", "name"]);
  assertEquals(questions[0], {
    name: "quotation",
    planted: '"',
    control: " ",
    question: ",",
    answer: '"',
  });
  const { planted, control, answer } = questions[2];
  assertEquals([planted, control, answer], ["Ruth ", "Mark ", "Ruth"]);
  assertEquals(fillerText, "They saw and ; so, he said. Its late.");
});

Deno.test("plantedQuestions() asks nothing of a text without marks and names", () => {
  const { questions, fillerText } = plantedQuestions({
    trainingText: "it's a plain text, and it's all there is. ".repeat(20),
    heldOutText: "and  so\non.",
  });
  assertEquals(questions, []);
  assertEquals(fillerText, "and so on.");
});

Deno.test("plantedQuestions() takes curly quotation marks, and prefers names of one length", () => {
  const trainingText = "he called Bob, then Bob met Alice, and Alice met Clara. “No,” he said. "
    .repeat(6);
  const { questions } = plantedQuestions({ trainingText, heldOutText });
  assertEquals(questions.map(({ planted, answer }) => [planted, answer]), [
    ["“", "”"],
    ["Alice ", "Alice"],
  ]);
});

const namedText =
  "Then came Ruth. She saw Ruth and Agnes, and Ruth saw Hope, though hope was gone. " +
  "Where is Agnes, asked Ruth.";

Deno.test("frequentNames() counts capitalised words after lower-case ones that are no common words", () => {
  assertEquals(frequentNames(namedText, 2), ["Ruth", "Agnes"]);
});

Deno.test("frequentNames() gives all there are where the text has fewer", () => {
  assertEquals(frequentNames(namedText, 3), ["Ruth", "Agnes"]);
  assertEquals(frequentNames("no name in here", 2), []);
});

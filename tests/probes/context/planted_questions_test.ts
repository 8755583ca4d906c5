import { assertEquals } from "@std/assert";
import { plantedQuestions } from "lib/probes/context/planted_questions.ts";

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

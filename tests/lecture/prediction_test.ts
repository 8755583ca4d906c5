import { assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { comparePrediction, outcomesMarkdown, recordPrediction } from "lib/lecture/prediction.ts";

const guess = (value: number) => recordPrediction({ id: "Q1.3", quantity: "loss", guess: value });

Deno.test("recordPrediction() is the reader's unless told, and must be a number", () => {
  assertEquals(guess(3), { id: "Q1.3", quantity: "loss", guess: 3, unit: "", by: "reader" });
  assertThrows(() => guess(NaN), RangeError, "put a number in place of NaN");
});

Deno.test("comparePrediction() scores by relative distance, then by order of magnitude", () => {
  assertEquals(
    [3.1, 2, 0.34, 0.2, 31, -3].map((value) => comparePrediction(guess(value), 3).score),
    [
      "close",
      "right order",
      "right order",
      "off",
      "off",
      "off",
    ],
  );
});

Deno.test("comparePrediction() gives error and factor", () => {
  const outcome = comparePrediction(guess(2), 3);
  assertAlmostEquals(outcome.error, 1, 1e-12);
  assertAlmostEquals(outcome.factor, 1.5, 1e-12);
});

Deno.test("comparePrediction() knows that 0 is 0 and infinity infinity", () => {
  assertEquals(comparePrediction(guess(0), 0).score, "close");
  assertEquals(comparePrediction(guess(Infinity), Infinity).score, "close");
  assertEquals(comparePrediction(guess(1), 0).score, "off");
  assertEquals(comparePrediction(guess(1), NaN).score, "off");
});

Deno.test("outcomesMarkdown() is a table with a count", () => {
  const outcomes = [comparePrediction(guess(3), 3.01), comparePrediction(guess(30), 3)];
  const markdown = outcomesMarkdown(outcomes);
  assertStringIncludes(markdown, "| Q1.3 | loss | reader | 3 | 3.01 | close |");
  assertStringIncludes(markdown, "1 of 2 predictions were close.");
});

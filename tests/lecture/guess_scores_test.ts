import { assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { decide, notApplicable } from "lib/lecture/claim.ts";
import { above } from "lib/lecture/condition.ts";
import { recordDisplays } from "lib/lecture/display_message.ts";
import {
  comparePrediction,
  guessesMarkdown,
  guessText,
  outcomesMarkdown,
  recordPrediction,
  scoreGuesses,
  showGuessScores,
} from "lib/lecture/guess_scores.ts";

const claim = (id: string, value: number) =>
  decide({ id, statement: `S${id}`, prediction: "p", unit: "nats", condition: above(0) }, value);
const claims = [claim("Q3.1", 0.88), claim("Q3.2", 1.3), claim("Q3.5", Infinity)];

Deno.test("scoreGuesses() measures each guess by its claim, and leaves out those not made", () => {
  const guesses = { "Q3.2": 9, "Q3.1": 0.9, "Q3.5": null };
  const outcomes = scoreGuesses(guesses, claims);
  assertEquals(outcomes.map(({ id, score }) => [id, score]), [
    ["Q3.2", "right order"],
    ["Q3.1", "close"],
  ]);
  assertEquals(outcomes[1].measured, 0.88);
});

Deno.test("scoreGuesses() refuses a guess for what was not measured, and what is not a number", () => {
  assertThrows(() => scoreGuesses({ "Q9.9": 1 }, claims), RangeError, "are Q3.1, Q3.2, Q3.5");
  assertThrows(() => scoreGuesses({ "Q3.1": NaN }, claims), RangeError, "put a number");
});

Deno.test("guessesMarkdown() invites to guess, then counts", () => {
  assertStringIncludes(guessesMarkdown({ "Q3.1": null }, claims), "None of 1 guesses is made");
  const text = guessesMarkdown({ "Q3.1": 0.9, "Q3.2": null }, claims);
  assertStringIncludes(text, "| Q3.1 | SQ3.1 | reader | 0.9 nats | 0.88 nats | close |");
  assertStringIncludes(text, "1 of 1 predictions were close. 1 not made.");
});

Deno.test("showGuessScores() shows the scores", async () => {
  const [{ data }] = await recordDisplays(() => showGuessScores({ "Q3.1": 0.9 }, claims));
  assertStringIncludes(data["text/markdown"] as string, "close");
});

Deno.test("guessText() compares one guess with its claim", () => {
  assertEquals(guessText({}, claims[0]), undefined);
  assertEquals(guessText({ [claims[0].id]: null }, claims[0]), undefined);
});

Deno.test("a guess at a claim that is not applicable is no wrong guess", () => {
  const untold = notApplicable(
    { id: "Q3.6", statement: "S", prediction: "p", unit: "nats", condition: above(0) },
    "the text has no words",
  );
  assertEquals(scoreGuesses({ "Q3.6": 2 }, [untold]), []);
  assertEquals(
    guessText({ "Q3.6": 2 }, untold),
    "Your guess, 2 nats, cannot be scored: the text has no words.",
  );
  const text = guessesMarkdown({ "Q3.1": 0.9, "Q3.6": 2 }, [...claims, untold]);
  assertStringIncludes(text, "1 of 1 predictions were close. 1 for what this text cannot decide.");
});

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

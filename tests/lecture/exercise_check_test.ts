import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { recordDisplays } from "lib/lecture/display_message.ts";
import { checkAnswer, showCheck } from "lib/lecture/exercise_check.ts";

const key = { expected: Math.log(28), unit: "nats" };

Deno.test("checkAnswer() takes what is near enough", () => {
  assertEquals(checkAnswer(3.33, key), { isRight: true, says: "Right: 3.33 nats." });
  assertEquals(checkAnswer(3.33, { ...key, tolerance: 1e-6 }).isRight, false);
  assert(checkAnswer(0, { expected: 0 }).isRight);
});

Deno.test("checkAnswer() tells the usual slips apart", () => {
  const says = (answer: number, expected: number) => checkAnswer(answer, { expected }).says;
  assertStringIncludes(says(Math.log2(28), Math.log(28)), "in bits");
  assertStringIncludes(says(28, Math.log(28)), "a perplexity, not a loss");
  assertStringIncludes(says(-3.332, Math.log(28)), "wrong sign");
  assertStringIncludes(says(2875, 2876.5), "Right");
  assertStringIncludes(checkAnswer(27, { expected: 28 }).says, "one too few");
  assertStringIncludes(says(0.1, 0.9), "lacks to 1");
  assertStringIncludes(says(9, 0.9), "ten times too large");
  assertStringIncludes(says(2.5, 0.4), "upside down");
});

Deno.test("checkAnswer() says a foreseen slip first, and else only which way to go", () => {
  const slips = [{ value: 5, says: "forgets the biases." }];
  assertEquals(checkAnswer(5, { expected: 8, slips }).says, "Not yet: 5 forgets the biases.");
  assertEquals(checkAnswer(5, { expected: 8 }).says, "Not yet: 5 is too small.");
  assertEquals(checkAnswer(50, { expected: 8 }).says, "Not yet: 50 is too large.");
});

Deno.test("checkAnswer() knows an answer that is missing or is no number", () => {
  assertStringIncludes(checkAnswer(null, key).says, "No answer yet");
  const words = "3.33" as unknown as number;
  assertEquals(checkAnswer(words, key).says, 'Not a number: "3.33" is a string.');
  assertStringIncludes(checkAnswer(NaN, key).says, "divided by zero");
});

Deno.test("showCheck() shows the verdict with a sign", async () => {
  const [{ data }] = await recordDisplays(() => showCheck(3.332, key));
  assertEquals(data["text/plain"], "✓ Right: 3.332 nats.");
});

import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { logSoftmaxRow, requireTwoTokens, stepwiseTokenLosses } from "lib/models/token_losses.ts";
import { lettersVocabulary } from "./small_model.ts";

Deno.test("logSoftmaxRow() gives log-probabilities of the row that is asked for", () => {
  const logits = [9, 9, 9, Math.log(1), Math.log(2), Math.log(5)];
  const row = logSoftmaxRow(logits, 3, 1);
  [1 / 8, 2 / 8, 5 / 8].forEach((p, place) => assertAlmostEquals(row[place], Math.log(p), 1e-12));
});

Deno.test("logSoftmaxRow() stands large scores and forbidden tokens", () => {
  assertAlmostEquals(logSoftmaxRow([1000, 1000], 2)[0], -Math.LN2, 1e-12);
  assertEquals([...logSoftmaxRow([3, -Infinity], 2)], [0, -Infinity]);
});

Deno.test("stepwiseTokenLosses() asks for each token given all before it", async () => {
  // A model that bets 3 to 1 on the token after the last; its state counts the tokens it has read.
  const seen: [number, number][] = [];
  const model = {
    vocabulary: lettersVocabulary(2),
    initialState: () => 0,
    step(state: number, [id]: ArrayLike<number> & Iterable<number>) {
      seen.push([state, id]);
      return {
        logits: Float32Array.of(id === 1 ? Math.log(3) : 0, id === 0 ? Math.log(3) : 0),
        state: state + 1,
      };
    },
  };
  const losses = await stepwiseTokenLosses(
    model as unknown as Parameters<typeof stepwiseTokenLosses>[0],
    Int32Array.of(0, 1, 1),
  );
  assertAlmostEquals(losses[0], -Math.log(3 / 4), 1e-6);
  assertAlmostEquals(losses[1], -Math.log(1 / 4), 1e-6);
  assertEquals(seen, [[0, 0], [1, 1]]);
});

Deno.test("requireTwoTokens() refuses a text in which nothing is predicted", async () => {
  assertThrows(() => requireTwoTokens([1]), RangeError, "at least 2 tokens, got 1");
  requireTwoTokens([1, 2]);
  const model = {} as Parameters<typeof stepwiseTokenLosses>[0];
  await assertRejects(() => stepwiseTokenLosses(model, Int32Array.of()), RangeError, "got 0");
});

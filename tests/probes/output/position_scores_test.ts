import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import {
  lossOfScores,
  positionScores,
  withFixedScores,
} from "lib/probes/output/position_scores.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";

await useBackend("cpu");

const letters = lettersTokenizer();
const ids = letters.encode("the sea the sea it never changes");
const random = randomStream(3, "initial weights");
const model = recurrentLanguageModel({
  vocabulary: letters.vocabulary,
  cell: "lstm",
  hiddenSize: 9,
  random,
});
const scores = await positionScores(model, ids);
const loss = lossOfScores(scores);

Deno.test("positionScores() are the scores behind the model's own losses", async () => {
  assertEquals(scores.logits.length, (ids.length - 1) * 28);
  const losses = await model.tokenLosses(ids);
  assertAlmostEquals(loss, losses.reduce((sum, one) => sum + one) / losses.length, 1e-6);
});

Deno.test("lossOfScores() does not notice a constant, and is infinite without an entry of the text", () => {
  assertAlmostEquals(
    lossOfScores(scores, (row) => row.forEach((z, i) => row[i] = z + 7)),
    loss,
    1e-12,
  );
  const without = (letter: string) =>
    lossOfScores(scores, (row) => row[letters.vocabulary.idOf(letter)!] = -Infinity);
  assertEquals(without("e"), Infinity);
  assert(without("q") < loss); // of which there is none
});

Deno.test("lossOfScores() with a score lowered by a grows like a times the token's share", () => {
  const e = letters.vocabulary.idOf("e")!;
  const share = ids.slice(1).filter((id) => id === e).length / (ids.length - 1);
  const lowered = (a: number) => lossOfScores(scores, (row) => row[e] -= a);
  assertAlmostEquals(lowered(60) - lowered(50), 10 * share, 1e-9);
});

Deno.test("withFixedScores() of one entry changes nothing, of all gives ln V", () => {
  assertAlmostEquals(lossOfScores(scores, withFixedScores([5])), loss, 1e-12);
  const all = Array.from({ length: 28 }, (_, id) => id);
  assertAlmostEquals(lossOfScores(scores, withFixedScores(all)), Math.log(28), 1e-12);
  assert(Math.abs(lossOfScores(scores, withFixedScores([5, 6])) - loss) > 1e-6);
  assertEquals(lossOfScores(scores, withFixedScores([])), loss);
});

import { assertAlmostEquals, assertEquals } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { sourceModel } from "lib/models/source_model.ts";
import { stepwiseTokenLosses } from "lib/models/token_losses.ts";
import { evenProcess } from "lib/sources/even_process.ts";
import { reber } from "lib/sources/reber.ts";

Deno.test("sourceModel() gives the source's conditionals as logits, row by row", () => {
  const source = evenProcess();
  const model = sourceModel(source);
  const first = model.step(model.initialState(2), [0, 1]);
  const second = model.step(first.state, [1, 1]);
  assertEquals(second.logits[0], -Infinity); // 0 1 0 has an odd run
  const { logits } = model.step(second.state, [1, 0]); // prefixes 0 1 1 and 1 1 0
  assertAlmostEquals(Math.exp(logits[0]), 0.5, 1e-6);
  assertAlmostEquals(Math.exp(logits[3]), source.conditional([1, 1, 0])[1], 1e-6);
});

Deno.test("sourceModel() spends 6 bits on a Reber string on average", () => {
  const source = reber();
  const random = randomStream(1, "reber");
  const model = sourceModel(source);
  let nats = 0;
  for (let i = 0; i < 4_000; i++) {
    nats += model.tokenLosses(source.sampleString(random)).reduce((sum, loss) => sum + loss, 0);
  }
  assertAlmostEquals(nats / Math.LN2 / 4_000, 6, 0.15); // the first symbol, B, costs nothing
});

Deno.test("sourceModel() stepped gives the losses it gives a whole text", async () => {
  const model = sourceModel(evenProcess());
  const ids = evenProcess().sample(200, randomStream(1, "even"));
  const stepped = await stepwiseTokenLosses(model, ids);
  model.tokenLosses(ids).forEach((loss, place) => assertAlmostEquals(stepped[place], loss, 1e-6));
});

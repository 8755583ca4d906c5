import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { startTrainingSession } from "tools/playground/training_session.ts";

const text = "The cat sat on the mat. The dog sat on the log. ".repeat(60);
const settings = { text, cell: "gru", learningRate: 0.01, seed: 1 } as const;

Deno.test("startTrainingSession() trains from equal chances to a text known by heart", async () => {
  const session = await startTrainingSession(settings);
  try {
    const first = await session.advance(() => true);
    assertEquals(first.records.length, 1);
    assertAlmostEquals(first.records[0].lossNats, Math.log(session.start.vocabularySize), 0.2);
    const later = await session.advance((updates) => updates >= 150);
    assertEquals(later.records.at(-1)!.trainingStep, 151);
    assert(later.records.at(-1)!.validationLossNats! < 0.3);
    const written = await session.write("The §", { length: 20, temperature: 0 });
    assertEquals(written, "The cat sat on the mat. ");
  } finally {
    session.dispose();
  }
});

Deno.test("startTrainingSession() repeats itself from the same seed", async () => {
  const run = async () => {
    const session = await startTrainingSession({ ...settings, cell: "lstm" });
    const { records, sample } = await session.advance((updates) => updates >= 5);
    session.dispose();
    return { records, sample };
  };
  assertEquals(await run(), await run());
});

Deno.test("startTrainingSession() says why it cannot learn from a text", async () => {
  await assertRejects(
    () => startTrainingSession({ ...settings, text: "too short" }),
    RangeError,
    "it has 9 characters",
  );
  await assertRejects(() => startTrainingSession({ ...settings, text: "" }), RangeError);
});

Deno.test("startTrainingSession() says what to do when the loss is no longer finite", async () => {
  const session = await startTrainingSession({ ...settings, cell: "rnn-relu", learningRate: 1e30 });
  await assertRejects(
    () => session.advance((updates) => updates >= 20),
    Error,
    "a learning rate below 1e+30",
  );
  session.dispose();
});

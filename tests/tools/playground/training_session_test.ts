import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { startTrainingSession } from "tools/playground/training_session.ts";
import type { StartTrainer } from "tools/playground/trainer.ts";

const text = "The cat sat on the mat. The dog sat on the log. ".repeat(60);
const settings = { text, cell: "gru", learningRate: 0.01, seed: 1 } as const;

Deno.test("startTrainingSession() trains from equal chances to a text known by heart", async () => {
  const session = await startTrainingSession(settings);
  try {
    const [uniform, unigram, best] = session.start.floors.map(({ lossNats }) => lossNats);
    assertAlmostEquals(uniform, Math.log(session.start.vocabularySize), 1e-12);
    assert(best < 0.5 && best < unigram && unigram < uniform);
    const first = await session.advance(() => true);
    assertEquals(first.records.length, 1);
    assertAlmostEquals(first.records[0].lossNats, Math.log(session.start.vocabularySize), 0.2);
    const later = await session.advance((updates) => updates >= 150);
    assertEquals(later.records.at(-1)!.trainingStep, 151);
    assert(later.records.at(-1)!.validationLossNats! < 0.3);
    const written = await session.write("The §", { length: 20, temperature: 0 });
    assertMatch(written, /^The (cat sat on the mat|dog sat on the log)\. /);
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

/** Trains by nothing, and fails at a step. */
const failingTrainer = (atStep: number): StartTrainer => ({ parameters }) => {
  let steps = 0;
  return Promise.resolve({
    description: "a GPU",
    trainStep() {
      if (++steps === atStep) throw new Error("the device was lost");
      return { loss: 1 };
    },
    parameters: () => parameters,
    dispose() {},
  });
};

Deno.test("startTrainingSession() trains by the kernels where its trainer does not start, and says why", async () => {
  const startTrainer = () => Promise.reject(new Error("there is no adapter"));
  const session = await startTrainingSession(settings, { startTrainer });
  assertStringIncludes(session.start.engine, "in place of WebGPU: there is no adapter");
  const { records } = await session.advance((updates) => updates >= 2);
  assertAlmostEquals(records[0].lossNats, Math.log(session.start.vocabularySize), 0.2);
  session.dispose();
});

Deno.test("startTrainingSession() goes on from the last turn when its trainer fails, and says so", async () => {
  const session = await startTrainingSession(settings, { startTrainer: failingTrainer(4) });
  const first = await session.advance((updates) => updates >= 2);
  assertEquals([session.start.engine, first.engine], ["a GPU", undefined]);
  const second = await session.advance((updates) => updates >= 5);
  assertEquals(second.records.map(({ trainingStep }) => trainingStep), [3]);
  assertStringIncludes(second.engine!, "in place of WebGPU: the device was lost");
  const third = await session.advance((updates) => updates >= 5);
  assertEquals([third.engine, third.records.at(-1)!.trainingStep], [undefined, 8]);
  session.dispose();
});

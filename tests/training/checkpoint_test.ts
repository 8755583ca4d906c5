import { assertEquals, assertNotEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";
import { encodeSafetensors } from "lib/models/safetensors.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import {
  type Checkpoint,
  checkResume,
  decodeCheckpoint,
  encodeCheckpoint,
  restoreCheckpoint,
  takeCheckpoint,
} from "lib/training/checkpoint.ts";
import { NO_EVALUATION_YET } from "lib/training/early_stopping.ts";
import { tfjsEngine } from "lib/training/engines/tfjs_engine.ts";
import type { TrainOptions } from "lib/training/train.ts";
import { smallModel } from "../models/small_model.ts";
import { otherStreams, parametersOf, trainToEnd, withoutTimings } from "./training_run.ts";

await useBackend("wasm");
const optimizers: OptimizerSettings[] = [
  { kind: "sgd", learningRate: 0.5 },
  { kind: "sgd", learningRate: 0.1, momentum: 0.9, weightDecay: 1e-3 },
  { kind: "adagrad", learningRate: 0.05 },
  { kind: "rmsprop", learningRate: 0.01 },
  { kind: "adam", learningRate: 0.02 },
];

/** Trains and gives the records' numbers, the parameters and the checkpoint after the last step. */
async function runTo(trainingSteps: number, options: TrainOptions, seed = 1) {
  const model = smallModel("lstm", { layerCount: 2, seed });
  let checkpoint: Checkpoint | undefined;
  const records = await trainToEnd(model, {
    ...options,
    trainingSteps,
    onCheckpoint: (taken) => void (checkpoint = taken),
  });
  const parameters = parametersOf(model);
  model.dispose();
  return { records: withoutTimings(records), parameters, checkpoint: checkpoint! };
}

for (const engine of ["tfjs", "fused"] as const) {
  for (const optimizer of optimizers) {
    const { kind, momentum } = optimizer;
    Deno.test(`checkpoint: 20 steps are 10, a file, and 10 more, to the bit: ${kind}${momentum ? " with momentum" : ""}, ${engine}`, async () => {
      const before = tf.memory().numTensors;
      // Windows continue from step 10 to 11; the first part's last validation, at 10, is off the beat of 3.
      const options: TrainOptions = {
        optimizer,
        engine,
        maxGradientNorm: 0.2,
        validation: otherStreams,
        evaluateEvery: 3,
        earlyStopping: { patience: 50 },
      };
      const whole = await runTo(20, options);
      const first = await runTo(10, options);
      const resumeFrom = decodeCheckpoint(encodeCheckpoint(first.checkpoint));
      assertEquals(resumeFrom, first.checkpoint);
      const second = await runTo(20, { ...options, resumeFrom }, 99);
      assertEquals(second.records, whole.records.slice(10));
      assertEquals(second.parameters, whole.parameters);
      assertEquals(second.checkpoint, whole.checkpoint);
      assertEquals(tf.memory().numTensors, before, "tensors");
    });
  }

  Deno.test(`checkpoint: a run that stopped early in its second part stops there in one piece too (${engine})`, async () => {
    const options: TrainOptions = {
      optimizer: { kind: "adam", learningRate: 0.1 }, // overfits: nothing is to be learnt
      engine,
      validation: otherStreams,
      evaluateEvery: 4,
      earlyStopping: { patience: 4 },
    };
    const whole = await runTo(400, options);
    const end = whole.records.at(-1)!;
    assertEquals(end.stopReason, "earlyStopping");
    const cut = end.trainingStep - 6; // off the beat, with evaluations since the best already counted
    const first = await runTo(cut, options);
    const second = await runTo(400, { ...options, resumeFrom: first.checkpoint }, 99);
    assertEquals(second.records, whole.records.slice(cut));
    assertEquals(second.parameters, whole.parameters);
  });

  Deno.test(`checkpoint: taken before the first step, and resumed where nothing is left to do (${engine})`, async () => {
    const options: TrainOptions = { optimizer: { kind: "adam", learningRate: 0.02 }, engine };
    const start = await runTo(0, options);
    assertEquals(start.records, []);
    const resumeFrom = decodeCheckpoint(encodeCheckpoint(start.checkpoint));
    assertEquals(resumeFrom.early, NO_EVALUATION_YET);
    const whole = await runTo(3, options);
    assertEquals(await runTo(3, { ...options, resumeFrom }, 99), whole);
    const idle = await runTo(3, { ...options, resumeFrom: whole.checkpoint }, 99);
    assertEquals(idle, { ...whole, records: [] });
  });
}

Deno.test("restoreCheckpoint() refuses another architecture, other tokens in another order, and another optimiser", async () => {
  const sgd: TrainOptions = { optimizer: { kind: "sgd", learningRate: 0.1 }, engine: "tfjs" };
  const { checkpoint } = await runTo(1, sgd);
  const sizes = { timeSteps: 6, batchSize: 3, optimizer: sgd.optimizer };
  const model = smallModel("lstm", { layerCount: 2 });
  const engine = tfjsEngine(model, sizes);
  assertEquals(restoreCheckpoint(checkpoint, model, engine).trainingStep, 1);
  const deeper = smallModel("lstm", { layerCount: 3 });
  assertThrows(
    () => restoreCheckpoint(checkpoint, deeper, engine),
    Error,
    "Cannot resume: the checkpoint is of LSTM 5 x 2",
  );
  const swapped = { ...model, vocabulary: createVocabulary([..."bacdefg"]) };
  assertThrows(() => restoreCheckpoint(checkpoint, swapped, engine), Error, "Cannot resume");
  const before = tf.memory().numTensors;
  const adam: TrainOptions = { optimizer: { kind: "adam", learningRate: 0.1 }, engine: "tfjs" };
  await assertRejects(
    () => trainToEnd(model, { ...adam, trainingSteps: 2, resumeFrom: checkpoint }),
    Error,
    "Cannot resume: the checkpoint is of sgd, the optimizer is adam.",
  );
  assertEquals(tf.memory().numTensors, before, "a refused checkpoint leaves no engine behind");
});

Deno.test("takeCheckpoint() copies: training on does not change it", async () => {
  const model = smallModel("gru");
  const optimizer: OptimizerSettings = { kind: "adam", learningRate: 0.1 };
  const engine = tfjsEngine(model, { timeSteps: 6, batchSize: 3, optimizer });
  const window = {
    timeSteps: 1,
    batchSize: 1,
    inputIds: Int32Array.of(1),
    targetIds: Int32Array.of(2),
  };
  await engine.trainStep(window);
  const progress = { trainingStep: 1, state: await engine.finalState(), early: NO_EVALUATION_YET };
  const taken = await takeCheckpoint(model, engine, progress);
  const bytes = encodeCheckpoint(taken);
  await engine.trainStep(window);
  assertEquals(encodeCheckpoint(taken), bytes);
  const names = Object.keys(taken.arrays);
  assertEquals(taken.arrays["parameters/layer0/inputWeights"].shape, [7, 15]);
  assertEquals(taken.arrays["state/hiddenState"].shape, [5]);
  assertEquals(names.filter((name) => name.startsWith("optimizer/")).length, 2 * 5);
  assertNotEquals(taken.arrays, (await takeCheckpoint(model, engine, progress)).arrays);
  engine.dispose();
});

Deno.test("decodeCheckpoint() refuses a file cut short, and arrays that are no checkpoint", async () => {
  const optimizer: OptimizerSettings = { kind: "sgd", learningRate: 0.1 };
  const { checkpoint } = await runTo(1, { optimizer, engine: "tfjs" });
  const bytes = encodeCheckpoint(checkpoint);
  for (const length of [0, 7, 8, 100, bytes.length - 1]) {
    assertThrows(() => decodeCheckpoint(bytes.slice(0, length)), Error, "Cannot read");
  }
  const other = encodeSafetensors({ arrays: {}, metadata: {} });
  assertThrows(() => decodeCheckpoint(other), Error, "no checkpoint of a training run");
});

Deno.test("decodeCheckpoint() refuses a note that is none in a sentence", () => {
  const early = { bestLossNats: "Infinity", bestTrainingStep: 0, evaluationsSinceBest: 0 };
  const note = { trainingStep: 1, model: "GRU", stateBatchSize: 1, early };
  const read = (checkpoint: unknown) => {
    const text = typeof checkpoint === "string" ? checkpoint : JSON.stringify(checkpoint);
    return decodeCheckpoint(encodeSafetensors({ arrays: {}, metadata: { checkpoint: text } }));
  };
  assertEquals(read(note), { ...note, early: NO_EVALUATION_YET, arrays: {} });
  const cases: [unknown, string][] = [
    ["{", "the file's note on the training run is no JSON."],
    ["null", "the file's note on the training run is none, "],
    ["7", "the file's note on the training run is none, "],
    [{}, "is none, its trainingStep: "],
    [{ ...note, trainingStep: 1.5 }, "is none, its trainingStep: "],
    [{ ...note, trainingStep: -1 }, "is none, its trainingStep: "],
    [{ ...note, stateBatchSize: "1" }, "is none, its stateBatchSize: "],
    [{ ...note, model: undefined }, "is none, its model: "],
    [{ ...note, early: undefined }, "is none, its early: "],
    [{ ...note, early: { ...early, bestLossNats: null } }, "is none, its early.bestLossNats: "],
    [{ ...note, optimizer: "adamw" }, "is none, its optimizer: "],
  ];
  for (const [checkpoint, message] of cases) {
    const thrown = assertThrows(() => read(checkpoint), Error, message);
    assertEquals(thrown.message.startsWith("Cannot resume: the file's note"), true, thrown.message);
  }
  const bare = encodeSafetensors({
    arrays: {},
    metadata: null as unknown as Record<string, string>,
  });
  assertThrows(() => decodeCheckpoint(bare), Error, "no checkpoint of a training run");
});

Deno.test("checkResume() knows a file of before, without the optimiser's kind, by its arrays", async () => {
  const all: OptimizerSettings[] = [
    { kind: "sgd", learningRate: 0.1 },
    { kind: "sgd", learningRate: 0.1, momentum: 0.5 },
    { kind: "adagrad", learningRate: 0.1 },
    { kind: "adam", learningRate: 0.1 },
  ];
  const model = smallModel("lstm", { layerCount: 2 });
  for (const [from, made] of all.entries()) {
    const { checkpoint } = await runTo(1, { optimizer: made, engine: "tfjs" });
    const { optimizer: _kind, ...old } = checkpoint;
    for (const [to, wanted] of all.entries()) {
      if (from === to) checkResume(old, model, wanted);
      else {
        const message = /^Cannot resume: (optimizer\/|the checkpoint has optimizer\/)/;
        const thrown = assertThrows(() => checkResume(old, model, wanted), Error);
        assertEquals(message.test(thrown.message), true, thrown.message);
      }
    }
  }
});

Deno.test("checkResume() looks at every array: parameters, the best, the optimiser's and the state", async () => {
  const { checkpoint } = await runTo(4, {
    optimizer: { kind: "adam", learningRate: 0.02 },
    engine: "fused",
    validation: otherStreams,
    evaluateEvery: 2,
    earlyStopping: { patience: 50 },
  });
  const model = smallModel("lstm", { layerCount: 2 });
  const settings: OptimizerSettings = { kind: "adam", learningRate: 0.02 };
  checkResume(checkpoint, model, settings);
  const short = { shape: [2], values: new Float32Array(2) };
  const refused = (
    changes: Record<string, typeof short | undefined>,
    message: string,
    rest = {},
  ) => {
    const arrays = { ...checkpoint.arrays, ...changes } as Record<string, typeof short>;
    for (const [name, own] of Object.entries(changes)) if (own === undefined) delete arrays[name];
    const given = { ...checkpoint, ...rest, arrays };
    assertThrows(() => checkResume(given, model, settings), Error, `Cannot resume: ${message}`);
  };
  for (const group of ["parameters", "best", "optimizer/squares", "optimizer/moments"]) {
    const bias = `${group}/output/bias`;
    refused({ [bias]: short }, `${bias} takes 7 numbers, the checkpoint has 2.`);
    refused({ [bias]: undefined }, `${bias} takes 7 numbers, the checkpoint has none.`);
    refused({ [`${group}/more`]: short }, `the checkpoint has ${group}/more, for which adam and`);
  }
  for (const state of ["state/hiddenState", "state/cellState"]) {
    refused({ [state]: short }, `${state} takes 30 numbers, the checkpoint has 2.`);
  }
  refused({ "state/cellState": undefined }, "state/cellState takes 30 numbers");
  refused({}, "state/hiddenState takes 40 numbers, the checkpoint has 30.", { stateBatchSize: 4 });
});

import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
} from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import * as fc from "fast-check";
import { useBackend } from "lib/kernels/backend.ts";
import { causalTransformer } from "lib/models/transformer/causal_transformer.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { evaluate } from "lib/training/evaluate.ts";
import type { Checkpoint } from "lib/training/checkpoint.ts";
import { StoppedError, withStopRequests } from "lib/training/stop_request.ts";
import { train, type TrainOptions } from "lib/training/train.ts";
import { anyNumber, often, resultUnlessRefused } from "../decoding/any_number.ts";
import { lettersVocabulary, randomIds, smallModel } from "../models/small_model.ts";
import { otherStreams, parametersOf, streams, trainToEnd, withoutTimings } from "./training_run.ts";

await useBackend("wasm");
const adam: TrainOptions = { optimizer: { kind: "adam", learningRate: 0.02 } };

/** Parameters of a fresh model after this many uninterrupted steps. */
async function parametersAfter(trainingSteps: number, options: TrainOptions) {
  const model = smallModel("gru");
  await trainToEnd(model, { ...options, trainingSteps });
  return parametersOf(model);
}

for (const engine of ["tfjs", "fused"] as const) {
  const options: TrainOptions = { ...adam, engine };

  Deno.test(`train() learns a periodic text to almost nothing, and leaks no tensor (${engine})`, async () => {
    const model = smallModel("lstm");
    const before = tf.memory().numTensors;
    const ids = Int32Array.from({ length: 121 }, (_, place) => place % 5);
    const schedule = streamWindows(ids, { batchSize: 2, unrollLength: 10 });
    const settings = {
      optimizer: { kind: "adam", learningRate: 0.05 },
      engine,
      epochs: 15,
    } as const;
    const records = await trainToEnd(model, { ...settings, validation: schedule }, schedule);
    assertEquals(records.length, 15 * 6);
    assertEquals(records.at(-1)!.epoch, 15);
    assertGreater(records[0].lossNats, 1.2);
    assertLess(records.at(-1)!.validationLossNats!, 0.05);
    assertEquals(tf.memory().numTensors, before, "tensors");
    model.dispose();
  });

  Deno.test(`train() is not disturbed by validation in between, and validates where it says (${engine})`, async () => {
    const plain = withoutTimings(
      await trainToEnd(smallModel("gru"), { ...options, trainingSteps: 16 }),
    );
    const model = smallModel("gru");
    const validated = withoutTimings(
      await trainToEnd(model, {
        ...options,
        trainingSteps: 16,
        validation: otherStreams,
        evaluateEvery: 5,
      }),
    );
    assertEquals(validated.map(({ lossNats }) => lossNats), plain.map(({ lossNats }) => lossNats));
    const places = validated.filter(({ validationLossNats }) => validationLossNats !== undefined);
    assertEquals(places.map(({ trainingStep }) => trainingStep), [5, 10, 15, 16]);
    const { lossNats } = await evaluate(model, otherStreams, { engine });
    assertAlmostEquals(validated[15].validationLossNats!, lossNats, 1e-9);
    assertEquals(validated.map(({ stopReason }) => stopReason).slice(-2), [
      undefined,
      "trainingSteps",
    ]);
  });

  Deno.test(`train() records means over the steps since the last record (${engine})`, async () => {
    const each = await trainToEnd(smallModel("gru"), {
      ...options,
      maxGradientNorm: 0.1,
      trainingSteps: 10,
    });
    const some = await trainToEnd(smallModel("gru"), {
      ...options,
      maxGradientNorm: 0.1,
      trainingSteps: 10,
      recordEvery: 4,
    });
    assertEquals(some.map(({ trainingStep }) => trainingStep), [4, 8, 10]);
    some.forEach((record, place) => {
      const own = each.slice(4 * place, record.trainingStep);
      for (const key of ["lossNats", "gradientNorm", "clippedShare"] as const) {
        const sum = own.reduce((total, one) => total + one[key], 0);
        assertAlmostEquals(record[key], sum / own.length, 1e-9, key);
      }
      assertAlmostEquals(record.epoch, record.trainingStep / 7, 1e-12);
    });
    assertGreater(each[0].charactersPerSecond, 0);
  });

  Deno.test(`train() takes each step at the learning rate of its schedule (${engine})`, async () => {
    const optimizer = { kind: "sgd", learningRate: 1 } as const;
    const [still, moved] = [smallModel("gru"), smallModel("gru")];
    const start = parametersOf(still);
    const settings = { engine, optimizer, trainingSteps: 4 };
    await trainToEnd(still, { ...settings, learningRateAt: () => 1e-12 });
    await trainToEnd(moved, { ...settings, learningRateAt: (step) => step < 2 ? 0.5 : 1e-12 });
    const twice = smallModel("gru");
    await trainToEnd(twice, {
      engine,
      optimizer: { ...optimizer, learningRate: 0.5 },
      trainingSteps: 2,
    });
    for (const [name, values] of Object.entries(parametersOf(moved))) {
      parametersOf(still)[name].forEach((value, i) =>
        assertAlmostEquals(value, start[name][i], 1e-9)
      );
      parametersOf(twice)[name].forEach((value, i) => assertAlmostEquals(values[i], value, 1e-9));
    }
    assertGreater(Math.abs(parametersOf(moved)["output/bias"][0] - start["output/bias"][0]), 1e-4);
  });

  Deno.test(`train() stops early and puts the best parameters back (${engine})`, async () => {
    // What is trained on, letter after letter, is the opposite of what is validated on.
    const forwards = Int32Array.from({ length: 61 }, (_, place) => place % 7);
    const [schedule, validation] = [forwards, forwards.toReversed()].map((ids) =>
      streamWindows(ids, { batchSize: 2, unrollLength: 5 })
    );
    const model = smallModel("gru", { standardDeviation: 0.05 });
    let best: number[] = [];
    const validations: number[] = [];
    const settings: TrainOptions = {
      ...options,
      trainingSteps: 500,
      validation,
      evaluateEvery: 3,
      earlyStopping: { patience: 4 },
    };
    let last;
    for await (const record of train(model, schedule, settings)) {
      last = record;
      if (record.validationLossNats === undefined) continue;
      validations.push(record.validationLossNats);
      if (record.validationLossNats === Math.min(...validations)) {
        best = Object.values(parametersOf(model)).flat();
      }
    }
    const bestPlace = validations.indexOf(Math.min(...validations));
    assertEquals(last!.stopReason, "earlyStopping");
    assertEquals(validations.length, bestPlace + 1 + 4);
    assertEquals(last!.trainingStep, 3 * validations.length);
    assertEquals(Object.values(parametersOf(model)).flat(), best);
    const { lossNats } = await evaluate(model, validation, { engine });
    assertAlmostEquals(lossNats, validations[bestPlace], 1e-6);
  });

  Deno.test(`train() ends at an abort after the current step, the model as of that step (${engine})`, async () => {
    const controller = new AbortController();
    const model = smallModel("gru");
    const steps: [number, string | undefined][] = [];
    const settings = { ...options, trainingSteps: 100, signal: controller.signal };
    for await (const { trainingStep, stopReason } of train(model, streams, settings)) {
      steps.push([trainingStep, stopReason]);
      if (trainingStep === 3) controller.abort();
    }
    assertEquals(steps.slice(2), [[3, undefined], [4, "signal"]]);
    assertEquals(parametersOf(model), await parametersAfter(4, options));
  });

  Deno.test(`train() asked to stop ends after the current step with a record and a checkpoint, and validates no more (${engine})`, async () => {
    let steps = 0;
    const model = smallModel("gru");
    const checkpoints: Checkpoint[] = [];
    const records = await withStopRequests(() => ++steps === 4, () =>
      trainToEnd(model, {
        ...options,
        trainingSteps: 100,
        recordEvery: 10,
        validation: otherStreams,
        onCheckpoint: (checkpoint) => void checkpoints.push(checkpoint),
      }));
    assertEquals(
      records.map(({ trainingStep, stopReason, validationLossNats }) => [
        trainingStep,
        stopReason,
        validationLossNats,
      ]),
      [[4, "stopRequest", undefined]],
    );
    assertEquals(parametersOf(model), await parametersAfter(4, options));
    const resumed = smallModel("gru");
    await trainToEnd(resumed, { ...options, trainingSteps: 9, resumeFrom: checkpoints[0] });
    assertEquals(parametersOf(resumed), await parametersAfter(9, options));
  });

  Deno.test(`train() asked to stop throws where it is told to, the model as of the last step (${engine})`, async () => {
    let steps = 0;
    const model = smallModel("gru");
    const run = () =>
      trainToEnd(model, {
        ...options,
        trainingSteps: 100,
        recordEvery: 10,
        onStopRequest: "throw",
      });
    await assertRejects(() => withStopRequests(() => ++steps === 4, run), StoppedError);
    assertEquals(steps, 4);
    assertEquals(parametersOf(model), await parametersAfter(4, options));
  });

  Deno.test(`train() ends when its time is up, the model as of the last step (${engine})`, async () => {
    const model = smallModel("gru");
    const records = await trainToEnd(model, {
      ...options,
      trainingSteps: 1e9,
      timeBudgetSeconds: 0.05,
    });
    const { trainingStep, stopReason, elapsedSeconds } = records.at(-1)!;
    assertEquals(stopReason, "timeBudget");
    assertGreater(elapsedSeconds, 0.05);
    assertLess(elapsedSeconds, 2);
    const short = Math.min(trainingStep, 200); // a fast machine makes many steps in this time
    if (short === trainingStep) {
      assertEquals(parametersOf(model), await parametersAfter(short, options));
    }
  });

  Deno.test(`train() left by a break leaves the model as of the last record, and no tensor behind (${engine})`, async () => {
    const model = smallModel("gru");
    const before = tf.memory().numTensors;
    let checkpoints = 0;
    const settings = { ...options, trainingSteps: 100, onCheckpoint: () => void checkpoints++ };
    for await (const { trainingStep } of train(model, streams, settings)) {
      if (trainingStep === 5) break;
    }
    assertEquals(tf.memory().numTensors, before);
    assertEquals(checkpoints, 0);
    assertEquals(parametersOf(model), await parametersAfter(5, options));
  });

  Deno.test(`train() says what to do when the loss is no longer finite, or stops there if told (${engine})`, async () => {
    const diverging = () => smallModel("rnn-relu", { standardDeviation: 1 });
    const settings: TrainOptions = {
      optimizer: { kind: "sgd", learningRate: 1e25 },
      trainingSteps: 50,
      engine,
    };
    const model = diverging();
    const before = tf.memory().numTensors;
    const error = await assertRejects(
      () => trainToEnd(model, settings),
      Error,
      "Training diverged at step",
    );
    assertEquals(/learning rate below 1e\+25.*maxGradientNorm/.test(error.message), true);
    assertEquals(tf.memory().numTensors, before, "tensors");
    const records = await trainToEnd(diverging(), { ...settings, onNonFiniteLoss: "stop" });
    const last = records.at(-1)!;
    assertEquals(last.stopReason, "nonFiniteLoss");
    assertEquals(Number.isFinite(last.lossNats), false);
    assertLess(last.trainingStep, 50);
  });

  Deno.test(`train() starts again from a state of zeros where a window does not continue (${engine})`, async () => {
    // With a learning rate of almost nothing, each epoch has the same losses.
    const optimizer = { kind: "sgd", learningRate: 1e-30 } as const;
    const records = await trainToEnd(smallModel("lstm"), { optimizer, engine, epochs: 2 });
    const losses = records.map(({ lossNats }) => lossNats);
    assertEquals(losses.slice(7), losses.slice(0, 7));
    const { lossNats } = await evaluate(smallModel("lstm"), streams, { engine });
    assertAlmostEquals(losses.slice(7).reduce((sum, loss) => sum + loss) / 7, lossNats, 1e-6);
  });
}

Deno.test("train() refuses settings that make no sense, before it makes anything", async () => {
  const model = smallModel("gru");
  const before = tf.memory().numTensors;
  const refused = (options: Partial<TrainOptions>, message: string) =>
    assertRejects(() => trainToEnd(model, { ...adam, ...options }), RangeError, message);
  await refused({}, "it takes trainingSteps or epochs");
  await refused({ trainingSteps: -1 }, "it takes trainingSteps or epochs");
  await refused({ trainingSteps: 1, recordEvery: 0 }, "recordEvery must be above 0, got 0");
  await refused({ trainingSteps: 1, evaluateEvery: -2 }, "evaluateEvery must be above 0");
  await refused({ trainingSteps: 1, maxGradientNorm: 0 }, "maxGradientNorm must be above 0");
  await refused({ trainingSteps: 1, earlyStopping: { patience: 1 } }, "no validation windows");
  for (const engine of ["tfjs", "fused"] as const) {
    const optimizer = { kind: "sgd", learningRate: -0.1 } as const;
    await refused({ trainingSteps: 1, engine, optimizer }, "must be positive, got -0.1");
  }
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("train() refuses a text whose ids the vocabulary does not have", async () => {
  const schedule = streamWindows(randomIds(40, 9), { batchSize: 1, unrollLength: 20 });
  const options: TrainOptions = { ...adam, engine: "tfjs", trainingSteps: 1 };
  await assertRejects(
    () => trainToEnd(smallModel("gru"), options, schedule),
    RangeError,
    "outside 0 to 6. Their text was encoded with another tokenizer than the model's.",
  );
});

Deno.test("train() validates within an epoch and resumes a model that carries no state", async () => {
  const sizes = { embeddingSize: 8, blockCount: 1, headCount: 2, contextLength: 8 };
  const gpt = () =>
    causalTransformer({
      vocabulary: lettersVocabulary(7),
      ...sizes,
      random: randomStream(1, "weights"),
    });
  const options = {
    optimizer: { kind: "adam", learningRate: 0.01 },
    validation: otherStreams,
    evaluateEvery: 3,
  } as const;
  const losses = async (model: ReturnType<typeof gpt>, more: Partial<TrainOptions>) => {
    const found: number[] = [];
    for await (const record of train(model, streams, { ...options, ...more })) {
      found.push(record.lossNats);
    }
    return found;
  };
  const whole = await losses(gpt(), { trainingSteps: 8 });
  let resumeFrom: Checkpoint | undefined;
  const onCheckpoint = (checkpoint: Checkpoint) => void (resumeFrom = checkpoint);
  const first = await losses(gpt(), { trainingSteps: 4, onCheckpoint });
  const rest = await losses(gpt(), { trainingSteps: 8, resumeFrom });
  assertEquals([...first, ...rest], whole);
});

Deno.test("train() refuses bad settings with the same words on every engine", async () => {
  const optimizer = { kind: "sgd", learningRate: 0.1 } as const;
  type Case = [Partial<TrainOptions>, string];
  const each = (
    values: readonly number[],
    options: (value: number) => Partial<TrainOptions>,
    must: string,
  ) => values.map((value): Case => [options(value), `Cannot train: ${must}, got ${value}.`]);
  const share = [20, 1, -1, NaN], amount = [-1, NaN], count = [0, -1, 1.5, NaN, Infinity];
  const stopping = (earlyStopping: TrainOptions["earlyStopping"]) => ({
    validation: otherStreams,
    earlyStopping,
  });
  const sized = (batchSize: number) => ({
    validation: { ...otherStreams, largestWindow: { timeSteps: 8, batchSize } },
  });
  const must = {
    rate: "the learning rate must be positive",
    share: "must be at least 0 and below 1",
    finite: "must be at least 0 and finite",
    divisor: "must be finite, and above 0 in single precision",
    count: "must be a whole number >= 1",
  };
  const cases: Case[] = [
    ...each(share, (dropout) => ({ dropout }), `dropout ${must.share}`),
    ...each([0, -1, NaN, Infinity], (rate) => ({ learningRateAt: () => rate }), must.rate),
    ...each([0, NaN], (rate) => ({ optimizer: { ...optimizer, learningRate: rate } }), must.rate),
    ...(["momentum", "smoothing", "beta1", "beta2"] as const).flatMap((key) =>
      each(
        share,
        (value) => ({ optimizer: { ...optimizer, [key]: value } }),
        `${key} ${must.share}`,
      )
    ),
    ...each(
      amount,
      (weightDecay) => ({ optimizer: { ...optimizer, weightDecay } }),
      `weightDecay ${must.finite}`,
    ),
    ...each(
      [0, ...amount],
      (epsilon) => ({ optimizer: { ...optimizer, epsilon } }),
      `epsilon ${must.divisor}`,
    ),
    ...(["maxGradientNorm", "recordEvery", "evaluateEvery"] as const).flatMap((key) =>
      each([0, ...amount], (value) => ({ [key]: value }), `${key} must be above 0`)
    ),
    ...each(
      [0.5, 2 ** 40, NaN],
      (dropoutSeed) => ({ dropoutSeed }),
      "dropoutSeed must be a 32-bit integer",
    ),
    ...each(count, (threads) => ({ threads }), `threads ${must.count}`),
    ...each(count, sized, `batchSize ${must.count}`),
    ...each(
      amount,
      (timeBudgetSeconds) => ({ timeBudgetSeconds }),
      "timeBudgetSeconds must be at least 0",
    ),
    ...each(count, (patience) => stopping({ patience }), `patience ${must.count}`),
    ...each(
      amount,
      (minImprovementNats) => stopping({ patience: 1, minImprovementNats }),
      `minImprovementNats ${must.finite}`,
    ),
  ];
  for (const engine of ["tfjs", "fused"] as const) {
    for (const [options, message] of cases) {
      const model = smallModel("gru");
      await assertRejects(
        () => trainToEnd(model, { optimizer, trainingSteps: 1, engine, ...options }),
        RangeError,
        message,
      );
      model.dispose();
    }
  }
});

Deno.test("train() knows no other engine than it says", async () => {
  const engine = "torch" as TrainOptions["engine"];
  await assertRejects(
    () => trainToEnd(smallModel("gru"), { ...adam, trainingSteps: 1, engine }),
    RangeError,
    "Cannot compute: the engine must be one of auto, fused, tfjs, got torch.",
  );
});

Deno.test("train() blames no learning rate for weights that were never finite, on every engine", async () => {
  const loss = async (options: Partial<TrainOptions>) => {
    const model = smallModel("gru");
    const bias = model.parameters["output/bias"];
    bias.assign(tf.fill(bias.shape, NaN));
    const thrown = await assertRejects(
      () => trainToEnd(model, { ...adam, trainingSteps: 3, ...options }),
      Error,
      "Training diverged at step 1: the loss is NaN. No update was made before: the initial weights",
    );
    assertEquals(thrown.message.includes("learning rate"), false, thrown.message);
    model.dispose();
  };
  for (const engine of ["tfjs", "fused"] as const) await loss({ engine });
});

Deno.test("train() goes on under the same optimiser only, on every engine", async () => {
  let checkpoint: Checkpoint | undefined;
  await trainToEnd(smallModel("gru"), {
    optimizer: { kind: "adam", learningRate: 0.1 },
    trainingSteps: 1,
    onCheckpoint: (own) => void (checkpoint = own),
  });
  const { "parameters/output/bias": _gone, ...arrays } = checkpoint!.arrays;
  for (const engine of ["tfjs", "fused"] as const) {
    const resume = (kind: "adam" | "adagrad", resumeFrom: Checkpoint) => () =>
      trainToEnd(smallModel("gru"), {
        optimizer: { kind, learningRate: 0.1 },
        ...{ trainingSteps: 2, engine, resumeFrom },
      });
    await assertRejects(
      resume("adagrad", checkpoint!),
      Error,
      "Cannot resume: the checkpoint is of adam, the optimizer is adagrad.",
    );
    await assertRejects(
      resume("adam", { ...checkpoint!, arrays }),
      Error,
      "the checkpoint has none.",
    );
  }
});

Deno.test("train() refuses any bad number in a sentence, and records none, on every engine", async () => {
  const optimizer = fc.record({
    kind: fc.constantFrom("sgd", "adagrad", "rmsprop", "adam"),
    ...{ learningRate: often(0.1), weightDecay: often(0), momentum: often(0.5) },
    ...{ smoothing: often(0.9), beta1: often(0.9), beta2: often(0.99), epsilon: often(1e-8) },
  });
  const settings = fc.record({
    optimizer,
    engine: fc.constantFrom("tfjs", "fused"),
    // Without an end there is nothing to wait for.
    trainingSteps: often(2).filter((steps) => steps !== Infinity && steps !== 1e308),
    ...{ maxGradientNorm: often(1), dropout: often(0), dropoutSeed: often(1), threads: often(1) },
    ...{ recordEvery: often(1), evaluateEvery: often(1), timeBudgetSeconds: often(60) },
    learningRateAt: anyNumber.map((rate) => rate > 2 ? () => rate : undefined),
  });
  const counts = { trained: 0, refused: 0 };
  const before = tf.memory().numTensors;
  await fc.assert(
    fc.asyncProperty(settings, async (given) => {
      const model = smallModel("gru");
      const sentence = /^(Cannot |Training diverged at step [23]: ).+\.$/s;
      const records = await resultUnlessRefused(
        () => trainToEnd(model, { ...given, threads: given.threads > 2 ? 2 : given.threads }),
        sentence,
      );
      counts[records ? "trained" : "refused"]++;
      for (const { lossNats, gradientNorm } of records ?? []) {
        assertEquals([Number.isFinite(lossNats), Number.isNaN(gradientNorm)], [true, false]);
      }
      model.dispose();
    }),
    { seed: 1, numRuns: 300 },
  );
  assertEquals(counts.trained > 20 && counts.refused > 20, true, JSON.stringify(counts));
  assertEquals(tf.memory().numTensors, before, "tensors");
});

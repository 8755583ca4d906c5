import { assertEquals, assertRejects } from "@std/assert";
import {
  divergenceText,
  trainingLoop,
  type TrainingLoopOptions,
} from "lib/training/training_loop.ts";
import { StoppedError, withStopRequests } from "lib/training/stop_request.ts";

/** Learns nothing: its loss is the batch. It keeps what it was given. */
function recorder() {
  const seen: { batch: number; rate?: number }[] = [];
  let rate: number | undefined;
  return {
    seen,
    setLearningRate: (learningRate: number) => void (rate = learningRate),
    trainStep: (batch: number) => {
      seen.push({ batch, rate });
      return { loss: batch };
    },
  };
}

async function run(options: Partial<TrainingLoopOptions<number>>) {
  const trainable = recorder();
  const batchAt = (step: number) => 10 * step;
  const loop = trainingLoop(trainable, { batchAt, trainingSteps: 4, ...options });
  return { steps: await Array.fromAsync(loop), seen: trainable.seen };
}

Deno.test("trainingLoop() hands out every step in order, with its batch, and why it is the last", async () => {
  const { steps } = await run({ trainingSteps: 2 });
  assertEquals(steps, [
    { trainingStep: 1, batch: 0, result: { loss: 0 }, stopReason: undefined },
    { trainingStep: 2, batch: 10, result: { loss: 10 }, stopReason: "trainingSteps" },
  ]);
});

Deno.test("trainingLoop() goes on from the step of a resumed run, and makes none after the last", async () => {
  const { steps } = await run({ firstStep: 2 });
  assertEquals(steps.map(({ trainingStep, batch }) => [trainingStep, batch]), [[3, 20], [4, 30]]);
  assertEquals((await run({ firstStep: 4 })).steps, []);
});

Deno.test("trainingLoop() refuses to go on for no number of steps or seconds", async () => {
  await assertRejects(() => run({ trainingSteps: NaN }), RangeError, "at least 0, got NaN.");
  await assertRejects(() => run({ timeBudgetSeconds: NaN }), RangeError, "at least 0, got NaN.");
});

Deno.test("trainingLoop() sets the learning rate of each step before it", async () => {
  const { seen } = await run({ learningRateAt: (step) => 1 / (step + 1), trainingSteps: 2 });
  assertEquals(seen, [{ batch: 0, rate: 1 }, { batch: 10, rate: 0.5 }]);
});

Deno.test("trainingLoop() ends after the current step on a signal, and out of time", async () => {
  const { steps } = await run({ signal: AbortSignal.abort() });
  assertEquals(steps.map(({ stopReason }) => stopReason), ["signal"]);
  const timed = await run({ timeBudgetSeconds: 0 });
  assertEquals(timed.steps.map(({ stopReason }) => stopReason), ["timeBudget"]);
});

Deno.test("trainingLoop() throws at Stop where half a run is worth nothing, or ends where it is kept", async () => {
  const asked = (options: Partial<TrainingLoopOptions<number>>) => {
    let questions = 0;
    return withStopRequests(() => ++questions === 2, () => run(options));
  };
  await assertRejects(() => asked({}), StoppedError);
  const { steps } = await asked({ onStopRequest: "end" });
  assertEquals(steps.map(({ stopReason }) => stopReason), [undefined, "stopRequest"]);
});

Deno.test("trainingLoop() throws, stops or goes on at a loss that is not finite, as told", async () => {
  const batchAt = (step: number) => [1, NaN, 3, 4][step];
  const message =
    "Training diverged at step 2: the loss is NaN. 1 update was made before. If they were too large, try a lower";
  await assertRejects(() => run({ batchAt }), Error, message);
  await assertRejects(() => run({ batchAt, learningRate: 7 }), Error, "a learning rate below 7");
  const stopped = await run({ batchAt, onNonFiniteLoss: "stop" });
  assertEquals(stopped.steps.map(({ stopReason }) => stopReason), [undefined, "nonFiniteLoss"]);
  const goesOn = await run({ batchAt, onNonFiniteLoss: "continue" });
  assertEquals(goesOn.steps.map(({ result }) => result.loss), [1, NaN, 3, 4]);
});

Deno.test("trainingLoop() says of a diverged run the largest rate and gradient of its updates, not the next", async () => {
  const norms = [1, 4, 2, 9];
  const diverging = (
    gradientNorms: number[],
    options: Partial<TrainingLoopOptions<number>> = {},
  ) => {
    const steps = gradientNorms.map((gradientNorm, step) => ({
      loss: step === 3 ? NaN : 1,
      gradientNorm,
    }));
    const trainable = { trainStep: (step: number) => steps[step], setLearningRate() {} };
    const settings = { batchAt: (step: number) => step, trainingSteps: 4, ...options };
    return Array.fromAsync(trainingLoop(trainable, settings));
  };
  const learningRateAt = (step: number) => [0.5, 0.25, 0.125, 8][step];
  await assertRejects(
    () => diverging(norms, { learningRateAt, learningRate: 0.01 }),
    Error,
    "3 updates were made before, at a learning rate of up to 0.5 and a gradient norm of up to 4. " +
      "If they were too large, try a learning rate below 0.5",
  );
  await assertRejects(() => diverging([1, Infinity, NaN, 1]), Error, "norm of up to Infinity.");
  await assertRejects(() => diverging([1, NaN, 5, 1]), Error, "norm of up to NaN.");
  await assertRejects(
    () => diverging(norms, { firstStep: 3 }),
    Error,
    "Training diverged at step 4: the loss is NaN. No update was made since the run went on",
  );
});

Deno.test("trainingLoop() lets timers have their turn while steps take long", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const busyUntil = (end: number) => {
    while (performance.now() < end);
  };
  const trainStep = () => {
    busyUntil(performance.now() + 50);
    return { loss: 0 };
  };
  await Array.fromAsync(trainingLoop({ trainStep }, { batchAt: () => 0, trainingSteps: 4 }));
  clearInterval(timer);
  assertEquals(ticks > 0, true);
});

const at = { trainingStep: 9, lossNats: NaN, updates: 8 };

Deno.test("divergenceText() says what the updates were like, and blames them only if they were too large", () => {
  assertEquals(
    divergenceText({ ...at, learningRate: 3, gradientNorm: 1234.567 }),
    "Training diverged at step 9: the loss is NaN. 8 updates were made before, at a learning rate of " +
      "up to 3 and a gradient norm of up to 1230. If they were too large, try a learning rate below 3, " +
      "or clip the gradient with maxGradientNorm; if not, look whether the run began with weights that " +
      "are finite.",
  );
  assertEquals(
    divergenceText({ ...at, updates: 1, gradientNorm: Infinity, maxGradientNorm: 5 }),
    "Training diverged at step 9: the loss is NaN. 1 update was made before, at a gradient norm of up " +
      "to Infinity. If they were too large, try a lower learning rate, or clip harder than " +
      "maxGradientNorm 5; if not, look whether the run began with weights that are finite.",
  );
});

Deno.test("divergenceText() names no rate where no update was made", () => {
  assertEquals(
    divergenceText({ trainingStep: 1, lossNats: NaN, updates: 0, learningRate: 0.01 }),
    "Training diverged at step 1: the loss is NaN. No update was made before: the initial weights or " +
      "the carried state are not finite, or too large.",
  );
  assertEquals(
    divergenceText({ ...at, updates: 0, learningRate: 0.01 }),
    "Training diverged at step 9: the loss is NaN. No update was made since the run went on: the " +
      "weights or the state that it went on from are not finite, or too large.",
  );
});

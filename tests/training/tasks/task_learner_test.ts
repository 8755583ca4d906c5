import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { gaussian, glorot, identity } from "lib/models/initialisers.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { addingTask } from "lib/sources/adding_task.ts";
import { temporalOrderTask } from "lib/sources/temporal_order_task.ts";
import { drawParameters, recurrentLearner } from "lib/training/tasks/task_learner.ts";

const training = { optimizer: { kind: "adam", learningRate: 3e-3 } as const, batchSize: 16 };
const layer = {
  cell: "gru" as const,
  hiddenSize: 12,
  input: gaussian(0.3),
  recurrent: gaussian(0.3),
};

Deno.test("recurrentLearner() starts at the memoryless loss and goes below it", async () => {
  const task = temporalOrderTask(10);
  const random = randomStream(1, "initial weights");
  const learner = await recurrentLearner(task, { ...training, ...layer, random });
  const draw = randomStream(1, "batches");
  const losses: number[] = [];
  for (let i = 0; i < 150; i++) {
    losses.push((await learner.trainStep(task.batch(16, draw))).loss);
  }
  learner.dispose();
  assertAlmostEquals(losses[0], Math.log(4), 0.3);
  assert(losses.slice(-10).reduce((sum, loss) => sum + loss) / 10 < 1.2);
});

Deno.test("recurrentLearner() answers real-valued tasks at every place", async () => {
  const task = addingTask(6);
  const random = randomStream(1, "initial weights");
  const learner = await recurrentLearner(task, { ...training, ...layer, random });
  const batch = task.batch(4, randomStream(1, "batches"));
  const outputs = await learner.outputs(batch);
  learner.dispose();
  assertEquals(outputs.length, 6 * 4);
  assert(task.error(batch, outputs) > 0);
});

Deno.test("drawParameters() opens the forget gate alone", () => {
  const config = {
    cell: "lstm" as const,
    inputSize: 2,
    hiddenSize: 3,
    layerCount: 1,
    outputSize: 2,
    biasesPerGate: 1 as const,
  };
  const drawn = drawParameters(config, {
    input: gaussian(1),
    recurrent: identity(),
    forgetBias: 2,
    random: randomStream(1, "w"),
  });
  assertEquals([...drawn["layer0/bias"]], [0, 0, 0, 2, 2, 2, 0, 0, 0, 0, 0, 0]);
  assertEquals([...drawn["layer0/recurrentWeights"].slice(0, 12)], [
    1,
    0,
    0,
    1,
    0,
    0,
    1,
    0,
    0,
    1,
    0,
    0,
  ]);
  assertEquals(drawn["layer0/inputWeights"].length, 24);
});

Deno.test("drawParameters() starts a second bias at 0, and nothing else changes", () => {
  const sizes = { cell: "gru", inputSize: 2, hiddenSize: 3, layerCount: 1, outputSize: 1 } as const;
  const draw = (biasesPerGate: 1 | 2) =>
    drawParameters({ ...sizes, biasesPerGate }, {
      ...{ input: glorot(), recurrent: glorot(), random: randomStream(1, "initial weights") },
    });
  const { "layer0/recurrentBias": second, ...rest } = draw(2);
  assertEquals(second, new Float32Array(9));
  assertEquals(rest, draw(1));
});

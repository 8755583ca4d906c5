import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { assignAll, copies, tfOptimizer } from "lib/training/engines/tf_optimizer.ts";
import { assertClose } from "../../kernels/assert_close.ts";
import { namedTensors, optimizerCases } from "../optimizer_cases.ts";

await useBackend("wasm");
const { start, gradients, cases } = optimizerCases;

function freshVariables(): Record<string, tf.Variable> {
  return tf.tidy(() => {
    const entries = Object.entries(namedTensors(start));
    return Object.fromEntries(entries.map(([name, tensor]) => [name, tf.variable(tensor)]));
  });
}

function applyOnce(optimizer: ReturnType<typeof tfOptimizer>, step: number) {
  tf.tidy(() => optimizer.apply(namedTensors(gradients[step])));
}

for (const { settings, steps } of cases) {
  const { kind, ...rest } = settings;
  Deno.test(`tfOptimizer() is PyTorch's over 5 steps: ${kind} ${JSON.stringify(rest)}`, () => {
    const before = tf.memory().numTensors;
    const variables = freshVariables();
    const optimizer = tfOptimizer(settings, variables);
    steps.forEach((expected, step) => {
      applyOnce(optimizer, step);
      for (const [name, values] of Object.entries(expected)) {
        const what = `${name} after step ${step + 1}`;
        assertClose(variables[name].dataSync(), values, { relative: 1e-5, what });
      }
    });
    optimizer.dispose();
    tf.dispose(variables);
    assertEquals(tf.memory().numTensors, before, "tensors");
  });

  Deno.test(`tfOptimizer() goes on from its state with the same bits: ${kind} ${JSON.stringify(rest)}`, async () => {
    const variables = freshVariables();
    const optimizer = tfOptimizer(settings, variables);
    applyOnce(optimizer, 0);
    applyOnce(optimizer, 1);
    const [state, values] = [await optimizer.state(), await copies(variables)];
    const others = freshVariables();
    assignAll(others, values);
    const resumed = tfOptimizer(settings, others);
    resumed.setState(state);
    for (const step of [2, 3, 4]) {
      applyOnce(optimizer, step);
      applyOnce(resumed, step);
    }
    assertEquals(await copies(others), await copies(variables));
    assertEquals(await resumed.state(), await optimizer.state());
    assertEquals((await resumed.state()).trainingStep, 5);
  });
}

Deno.test("tfOptimizer() takes another learning rate from the next step on", () => {
  const variables = { a: tf.variable(tf.scalar(1)) };
  const optimizer = tfOptimizer({ kind: "sgd", learningRate: 0.5 }, variables);
  optimizer.apply({ a: tf.scalar(1) });
  optimizer.setLearningRate(0.125);
  optimizer.apply({ a: tf.scalar(1) });
  assertAlmostEquals(variables.a.dataSync()[0], 1 - 0.5 - 0.125, 1e-7);
});

Deno.test("tfOptimizer() refuses the state of another optimiser", async () => {
  const variables = freshVariables();
  const state = await tfOptimizer({ kind: "sgd", learningRate: 1 }, variables).state();
  const adam = tfOptimizer({ kind: "adam", learningRate: 1 }, variables);
  assertThrows(() => adam.setState(state), Error, "Cannot set a: it has 6 numbers, got none");
});

Deno.test("assignAll() sets every variable and refuses a missing name or another size", () => {
  const variables = { a: tf.variable(tf.zeros([2, 2])), b: tf.variable(tf.scalar(0)) };
  const before = tf.memory().numTensors;
  assignAll(variables, { a: [1, 2, 3, 4], b: [5], unknown: [6] });
  assertEquals([...variables.a.dataSync(), ...variables.b.dataSync()], [1, 2, 3, 4, 5]);
  assertEquals(tf.memory().numTensors, before);
  assertThrows(() => assignAll(variables, { a: [1, 2, 3, 4] }), Error, "Cannot set b: it has 1");
  assertThrows(() => assignAll(variables, { a: [1], b: [1] }), Error, "it has 4 numbers, got 1");
});

Deno.test("copies() is not changed by later updates", async () => {
  const variables = { a: tf.variable(tf.scalar(1)) };
  const copied = await copies(variables);
  variables.a.assign(tf.scalar(2));
  assertEquals([...copied.a], [1]);
});

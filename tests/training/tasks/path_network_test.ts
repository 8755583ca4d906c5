import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { attentionRnn } from "lib/models/cells/attention_rnn.ts";
import { gaussian, zeros } from "lib/models/initialisers.ts";
import { residualRnn } from "lib/models/cells/residual_rnn.ts";
import { vanillaRnn } from "lib/models/cells/recurrent_cell.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { addingTask } from "lib/sources/adding_task.ts";
import { copyingTask } from "lib/sources/copying_task.ts";
import { temporalOrderTask } from "lib/sources/temporal_order_task.ts";
import { drawPath } from "lib/training/tasks/path_learner.ts";
import { pathPass, pathShapes } from "lib/training/tasks/path_network.ts";
import { inputTensor, tensorLearner } from "lib/training/tasks/tensor_learner.ts";

const tasks = [
  temporalOrderTask(10),
  addingTask(6),
  copyingTask(2, { symbols: 2, recalled: 2 }),
];
const configs = {
  residual: { carry: 1, branch: 0.1 },
  skip: { carry: 0, branch: 1, skip: 3 },
  attention: { carry: 0, branch: 1, attention: true },
};

for (const task of tasks) {
  for (const [name, path] of Object.entries(configs)) {
    Deno.test(`pathPass() equals finite differences: ${name}, ${task.name}`, () => {
      const config = { ...path, hiddenSize: 4 };
      const random = randomStream(3, "weights");
      const parameters = drawPath(task, { ...config, recurrent: gaussian(0.4), random });
      const batch = task.batch(3, randomStream(1, "batch"));
      const { gradients } = pathPass(task, config, { parameters, batch, withGradients: true });
      const loss = () => pathPass(task, config, { parameters, batch, withGradients: false }).loss;
      assertEquals(Object.keys(gradients!), Object.keys(pathShapes(task, config)));
      for (const [key, values] of Object.entries(parameters)) {
        for (let i = 0; i < values.length; i += 3) {
          const kept = values[i];
          values[i] = kept + 1e-5;
          const up = loss();
          values[i] = kept - 1e-5;
          const down = loss();
          values[i] = kept;
          assertAlmostEquals(gradients![key][i], (up - down) / 2e-5, 1e-8, key);
        }
      }
    });
  }
}

Deno.test("pathPass() equals the tfjs residual RNN and attention RNN on the same weights", async () => {
  await tf.setBackend("cpu");
  const task = temporalOrderTask(12);
  const sizes = { inputSize: task.inputSize, hiddenSize: 5 };
  const random = randomStream(1, "unused");
  const draws = { inputInitialiser: zeros(), recurrentInitialiser: zeros(), random };
  const batch = task.batch(3, randomStream(1, "batch"));
  const cell = residualRnn({ ...sizes, ...draws });
  const readOut = {
    "output/weights": tf.variable(tf.zeros([5, 4])),
    "output/bias": tf.variable(tf.zeros([4])),
  };
  const encoder = vanillaRnn({ activation: "tanh", ...sizes, ...draws });
  const outputSize = task.outputSize;
  const attentive = attentionRnn({ encoder, outputSize, score: "scaled dot product", random });
  const twins = [
    {
      config: { carry: 1, branch: 0.1, hiddenSize: 5 },
      network: {
        parameters: { ...cell.parameters, ...readOut },
        answer(inputs: tf.Tensor3D) {
          const { state } = cell.sequence(cell.initialState(inputs.shape[1]), inputs);
          const read = tf.matMul(
            state[0].hiddenState,
            readOut["output/weights"] as unknown as tf.Tensor2D,
          );
          return tf.add(read, readOut["output/bias"]) as tf.Tensor2D;
        },
        dispose() {},
      },
    },
    {
      config: { carry: 0, branch: 1, attention: true, hiddenSize: 5 },
      network: {
        ...attentive,
        answer: (inputs: tf.Tensor3D) => attentive.answer(inputs).outputs,
      },
    },
  ];
  for (const { config, network } of twins) {
    const weights = randomStream(2, "weights");
    const parameters = drawPath(task, { ...config, recurrent: gaussian(0.4), random: weights });
    for (const [name, values] of Object.entries(parameters)) {
      const variable = (network.parameters as Record<string, tf.Variable>)[name];
      variable.assign(tf.tensor(Float32Array.from(values), variable.shape));
    }
    const learner = tensorLearner(task, network, {
      optimizer: { kind: "sgd", learningRate: 0.1 },
      batchSize: 3,
    });
    const expected = await learner.outputs(batch);
    const pass = pathPass(task, config, { parameters, batch, withGradients: true });
    pass.outputs.forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-5));
    const { loss, gradientNorm } = await learner.trainStep(batch);
    assertAlmostEquals(pass.loss, loss, 1e-5);
    let square = 0;
    for (const values of Object.values(pass.gradients!)) {
      for (const value of values) square += value * value;
    }
    assert(gradientNorm > 0);
    assertAlmostEquals(Math.sqrt(square) / gradientNorm, 1, 1e-4);
    assertEquals(inputTensor(task, batch).shape, [12, 3, 8]);
  }
});

import { assertAlmostEquals, assertEquals, assertGreater, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import type {
  OptimizerSettings,
  SequenceWindow,
  StackState,
} from "lib/kernels/sequence_network.ts";
import { tfjsEngine } from "lib/training/engines/tfjs_engine.ts";
import { assertClose } from "../../kernels/assert_close.ts";
import { caseName, type PytorchCase, pytorchCases } from "../../kernels/pytorch_cases.ts";
import { modelWith, randomIds, smallModel } from "../../models/small_model.ts";

await useBackend("wasm");
const sizes = { timeSteps: 6, batchSize: 3 };
const sgd: OptimizerSettings = { kind: "sgd", learningRate: 0.5 };

function windowOf(pytorch: PytorchCase): SequenceWindow {
  const { timeSteps, batchSize, mask, hiddenState, cellState } = pytorch;
  const initialState = hiddenState && {
    batchSize,
    hiddenState: Float64Array.from(hiddenState),
    ...(cellState && { cellState: Float64Array.from(cellState) }),
  };
  return {
    timeSteps,
    batchSize,
    inputIds: Int32Array.from(pytorch.inputIds),
    targetIds: Int32Array.from(pytorch.targetIds),
    ...(mask && { mask: Float32Array.from(mask) }),
    ...(initialState && { initialState }),
  };
}

const someWindow = (): SequenceWindow => ({
  ...sizes,
  inputIds: randomIds(18),
  targetIds: randomIds(19).slice(1),
});

for (const pytorch of pytorchCases) {
  Deno.test(`tfjsEngine() takes PyTorch's step, mask and state included: ${caseName(pytorch)}`, async () => {
    const model = modelWith(pytorch.config, pytorch.parameters);
    const before = tf.memory().numTensors;
    const squares = Object.values(pytorch.gradients).flat().map((value) => value * value);
    const norm = Math.sqrt(squares.reduce((sum, square) => sum + square, 0));
    const maxGradientNorm = norm / 2;
    const engine = tfjsEngine(model, { ...sizes, optimizer: sgd, maxGradientNorm });
    const evaluation = await engine.evaluate(windowOf(pytorch), {
      positionLosses: true,
      outputs: true,
    });
    assertClose([evaluation.loss], [pytorch.loss], { what: "evaluated loss" });
    assertClose(evaluation.positionLosses!, pytorch.positionLosses);
    assertClose(evaluation.outputs!, pytorch.logits);
    const result = await engine.trainStep(windowOf(pytorch));
    const weight = pytorch.mask?.reduce((sum, value) => sum + value) ?? 18;
    assertClose([result.loss, result.lossSum], [pytorch.loss, weight * pytorch.loss]);
    assertClose([result.gradientNorm, result.weight], [norm, weight]);
    assertEquals(result.clipped, true);
    const final = await engine.finalState() as StackState;
    assertClose(final.hiddenState, pytorch.finalHiddenState);
    if (pytorch.finalCellState) assertClose(final.cellState!, pytorch.finalCellState);
    for (const [name, gradient] of Object.entries(pytorch.gradients)) {
      const moved = pytorch.parameters[name].map((value, place) => value - 0.25 * gradient[place]);
      assertClose(model.parameters[name].dataSync(), moved, { what: name });
    }
    engine.dispose();
    assertEquals(tf.memory().numTensors, before, "tensors");
    model.dispose();
  });
}

Deno.test("tfjsEngine() weighs the loss by a fractional mask, and calls an empty one 0", async () => {
  const model = smallModel("gru");
  const engine = tfjsEngine(model, sizes);
  const full = await engine.evaluate(someWindow());
  const mask = (value: number) => ({ ...someWindow(), mask: new Float32Array(18).fill(value) });
  const faint = await engine.evaluate(mask(0.01));
  assertAlmostEquals(faint.loss, full.loss, 1e-5);
  assertAlmostEquals(faint.weight, 0.18, 1e-6);
  assertEquals((await engine.evaluate(mask(0))).loss, 0);
  engine.dispose();
  model.dispose();
});

for (const cell of ["gru", "lstm"] as const) {
  Deno.test(`tfjsEngine() of ${cell} carries the state where a window continues, as its final state would`, async () => {
    const model = smallModel(cell, { layerCount: 2 });
    const engine = tfjsEngine(model, sizes);
    const fresh = await engine.evaluate(someWindow());
    const state = await engine.finalState();
    const carried = await engine.evaluate({ ...someWindow(), continues: true });
    const given = await engine.evaluate({ ...someWindow(), initialState: state });
    assertEquals(given.loss, carried.loss);
    assertGreater(Math.abs(carried.loss - fresh.loss), 1e-4);
    assertEquals((await engine.evaluate(someWindow())).loss, fresh.loss);
    engine.dispose();
    model.dispose();
  });
}

Deno.test("tfjsEngine() works on the model's own variables and tells what it runs on", async () => {
  const model = smallModel("rnn-tanh");
  const engine = tfjsEngine(model, { ...sizes, optimizer: sgd });
  assertEquals(engine.description, "tfjs wasm");
  await engine.trainStep(someWindow());
  const parameters = await engine.parameters();
  assertEquals([...parameters["output/bias"]], [...model.parameters["output/bias"].dataSync()]);
  engine.setParameters({ ...parameters, "output/bias": new Float32Array(7).fill(2) });
  assertEquals(model.parameters["output/bias"].dataSync()[6], 2);
  engine.dispose();
  model.dispose();
});

Deno.test("tfjsEngine() sets some parameters and leaves the others, as its interface says", async () => {
  const model = smallModel("rnn-tanh");
  const engine = tfjsEngine(model, sizes);
  const weights = [...model.parameters["output/weights"].dataSync()];
  engine.setParameters({ "output/bias": new Float32Array(7).fill(2) });
  const parameters = await engine.parameters();
  assertEquals(parameters["output/bias"][3], 2);
  assertEquals([...parameters["output/weights"]], weights);
  engine.dispose();
  model.dispose();
});

Deno.test("tfjsEngine() without an optimiser evaluates, refuses to train, and leaks nothing by it", async () => {
  const model = smallModel("gru");
  const engine = tfjsEngine(model, sizes);
  const before = tf.memory().numTensors;
  const train = async () => void await engine.trainStep(someWindow());
  await assertRejects(train, Error, "made without an optimizer");
  assertEquals(tf.memory().numTensors, before);
  engine.dispose();
  model.dispose();
});

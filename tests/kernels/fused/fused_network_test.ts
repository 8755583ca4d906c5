import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import type { CellKind, NetworkConfig } from "lib/kernels/network_config.ts";
import { createReferenceNetwork } from "lib/kernels/reference/reference_network.ts";
import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";
import {
  hashedIds,
  hashedParameters,
  hashedSign,
  hashedState,
  hashedWindow,
} from "../hashed_network.ts";

const KINDS: CellKind[] = ["rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru", "lstm"];

interface Summary {
  largest: number;
  sample: number[];
  projections: number[];
}

interface Case extends NetworkConfig {
  timeSteps: number;
  batchSize: number;
  masked: boolean;
  scale: number;
}

interface Fixture {
  gradients: (Case & {
    loss: number;
    gradients: Record<string, Summary>;
    initialHidden?: Summary;
    initialCell?: Summary;
  })[];
  optimizers: (Case & {
    settings: OptimizerSettings;
    steps: number;
    norms: number[];
    parameters: Record<string, number[]>;
  })[];
}

const fixture: Fixture = JSON.parse(
  Deno.readTextFileSync(new URL("../../fixtures/fused_network.json", import.meta.url)),
);

function config(cell: CellKind, sizes: Partial<NetworkConfig> = {}): NetworkConfig {
  return {
    ...{ cell, inputSize: 5, hiddenSize: 4, layerCount: 1, outputSize: 5, biasesPerGate: 1 },
    ...sizes,
  };
}

/** Largest error of a gradient against its fixture, over the largest element of all gradients. */
function summaryError(values: ArrayLike<number>, summary: Summary, salt: number, largest: number) {
  const places = values.length > 120
    ? hashedIds(120, 500 + salt, values.length)
    : Array.from(values, (_, i) => i);
  let error = 0;
  summary.sample.forEach((expected, i) => {
    error = Math.max(error, Math.abs(values[places[i]] - expected) / largest);
  });
  summary.projections.forEach((expected, p) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[i] * hashedSign(i, 600 + p);
    // Rounding errors of n elements add up like a random walk.
    error = Math.max(error, Math.abs(sum - expected) / (largest * Math.sqrt(values.length)));
  });
  return error;
}

for (const expected of fixture.gradients) {
  const { cell, hiddenSize, timeSteps, batchSize, layerCount, masked } = expected;
  const name = `${cell} H${hiddenSize} T${timeSteps} B${batchSize} x ${layerCount}`;
  Deno.test(`computeGradients() equals PyTorch's in double precision: ${name}`, async () => {
    using network = await createFusedNetwork({
      ...{ config: expected, timeSteps, batchSize, keepStateGradients: masked },
    });
    network.setParameters(hashedParameters(expected, expected.scale));
    const result = network.computeGradients({
      ...hashedWindow(expected, { timeSteps, batchSize, masked }),
      initialState: masked ? hashedState(expected, batchSize) : undefined,
    });
    assertAlmostEquals(result.loss, expected.loss, 2e-6);
    const largest = Math.max(...Object.values(expected.gradients).map((g) => g.largest));
    const actual = network.gradients();
    Object.entries(expected.gradients).forEach(([parameter, summary], salt) => {
      const error = summaryError(actual[parameter], summary, salt, largest);
      assert(error < 1e-5, `${parameter} is off by ${error}`);
    });
    if (!expected.initialHidden) return;
    const { initialState } = network.stateGradients();
    const { hiddenState, cellState } = initialState;
    const scale = expected.initialHidden.largest;
    assert(summaryError(hiddenState, expected.initialHidden, 50, scale) < 1e-5);
    if (expected.initialCell) {
      assert(
        summaryError(cellState!, expected.initialCell, 51, expected.initialCell.largest) < 1e-5,
      );
    }
  });
}

for (const expected of fixture.optimizers) {
  Deno.test(`trainStep() follows PyTorch's ${JSON.stringify(expected.settings)}`, async () => {
    const { timeSteps, batchSize, settings } = expected;
    const options = { config: expected, timeSteps, batchSize, optimizer: settings };
    using fused = await createFusedNetwork({ ...options, maxGradientNorm: 0.5 });
    const reference = createReferenceNetwork({ ...options, maxGradientNorm: 0.5 });
    for (const [network, tolerance] of [[fused, 5e-5], [reference, 1e-8]] as const) {
      network.setParameters(hashedParameters(expected, expected.scale));
      for (let step = 0; step < expected.steps; step++) {
        const salt = 100 + 3 * step;
        const result = network.trainStep(hashedWindow(expected, { timeSteps, batchSize, salt }));
        assertAlmostEquals(result.gradientNorm, expected.norms[step], 10 * tolerance);
        assertEquals(result.clipped, expected.norms[step] > 0.5);
      }
      for (const [name, values] of Object.entries(network.parameters())) {
        values.forEach((value, i) => {
          assertAlmostEquals(value, expected.parameters[name][i], tolerance);
        });
      }
    }
  });
}

for (const cell of KINDS) {
  Deno.test(`computeGradients() equals finite differences for ${cell}, masked, with a state`, async () => {
    const shape = config(cell, { layerCount: 2, biasesPerGate: 2, hiddenSize: 3 });
    const options = { config: shape, timeSteps: 3, batchSize: 2 };
    const window = {
      ...hashedWindow(shape, { ...options, masked: true }),
      initialState: hashedState(shape, 2),
    };
    const parameters = hashedParameters(shape, 0.5);
    using network = await createFusedNetwork(options);
    network.setParameters(parameters);
    network.computeGradients(window);
    const reference = createReferenceNetwork(options);
    for (const [name, gradient] of Object.entries(network.gradients())) {
      gradient.forEach((value, i) => {
        const lossAt = (shift: number) => {
          const moved = Float64Array.from(parameters[name]);
          moved[i] += shift;
          reference.setParameters({ ...parameters, [name]: moved });
          return reference.evaluate(window).loss;
        };
        assertAlmostEquals(value, (lossAt(1e-5) - lossAt(-1e-5)) / 2e-5, 1e-6);
      });
    }
  });
}

Deno.test("trainStep() gives the same bits for any number of threads", async () => {
  const shapes = [
    { shape: config("lstm", { hiddenSize: 40, layerCount: 2 }), timeSteps: 9, batchSize: 13 },
    { shape: config("gru", { hiddenSize: 12 }), timeSteps: 12, batchSize: 700 },
  ];
  for (const { shape, timeSteps, batchSize } of shapes) {
    const runs = [];
    for (const threads of [1, 2, 3]) {
      using network = await createFusedNetwork({
        ...{ config: shape, timeSteps, batchSize, threads, dropout: 0.25, maxGradientNorm: 0.1 },
        optimizer: { kind: "adam", learningRate: 0.01 },
      });
      assertEquals(network.threadCount, threads);
      network.setParameters(hashedParameters(shape, 0.5));
      const losses = [0, 1, 2].map((i) =>
        network.trainStep({
          ...hashedWindow(shape, { timeSteps, batchSize, salt: 100 + 3 * i }),
          continues: i > 0,
        })
      );
      runs.push({ losses, parameters: network.parameters() });
    }
    assertEquals(runs[1], runs[0]);
    assertEquals(runs[2], runs[0]);
  }
});

Deno.test("trainStep() resumes with the same bits from its parameters and optimiser state", async () => {
  const shape = config("gru", { hiddenSize: 6 });
  const options = {
    ...{ config: shape, timeSteps: 4, batchSize: 3, dropout: 0.1 },
    optimizer: { kind: "adam", learningRate: 0.01 },
  } as const;
  const window = hashedWindow(shape, { timeSteps: 4, batchSize: 3 });
  using first = await createFusedNetwork(options);
  first.setParameters(hashedParameters(shape, 0.5));
  first.trainStep(window);
  first.trainStep(window);
  using second = await createFusedNetwork(options);
  second.setParameters(first.parameters());
  second.setOptimizerState(first.optimizerState());
  assertEquals(second.trainStep(window), first.trainStep(window));
  assertEquals(second.parameters(), first.parameters());
});

Deno.test("evaluate() of two windows in a row equals that of both at once", async () => {
  for (const cell of KINDS) {
    const shape = config(cell, { layerCount: 2 });
    using network = await createFusedNetwork({ config: shape, timeSteps: 6, batchSize: 3 });
    network.setParameters(hashedParameters(shape, 0.5));
    const whole = hashedWindow(shape, { timeSteps: 6, batchSize: 3 });
    const half = (first: number) => ({
      ...{ timeSteps: 3, batchSize: 3, continues: first > 0 },
      inputIds: whole.inputIds!.slice(first, first + 9),
      targetIds: whole.targetIds!.slice(first, first + 9),
    });
    const together = network.evaluate(whole, { outputs: true });
    const finalState = network.finalState();
    const one = network.evaluate(half(0));
    // Training and single steps have states of their own.
    network.step(finalState, [1, 2, 3]);
    network.computeGradients(whole);
    const two = network.evaluate(half(9), { outputs: true });
    assertAlmostEquals(one.lossSum + two.lossSum, together.lossSum, 1e-5);
    assertEquals(two.outputs, together.outputs!.slice(45));
    assertEquals(network.finalState(), finalState);
  }
});

Deno.test("evaluate() of zero weights costs ln V, and a permuted batch permutes the losses", async () => {
  const shape = config("lstm", { hiddenSize: 7, inputSize: 28, outputSize: 28 });
  using network = await createFusedNetwork({ config: shape, timeSteps: 1, batchSize: 3 });
  const window = hashedWindow(shape, { timeSteps: 1, batchSize: 3 });
  assertAlmostEquals(network.evaluate(window).loss, Math.log(28), 1e-6);
  network.setParameters(hashedParameters(shape, 0.5));
  const losses = network.evaluate(window, { positionLosses: true }).positionLosses!;
  const turned = network.evaluate({
    ...{ timeSteps: 1, batchSize: 3 },
    inputIds: window.inputIds!.toReversed(),
    targetIds: window.targetIds!.toReversed(),
  }, { positionLosses: true });
  assertEquals(turned.positionLosses, losses.toReversed());
});

Deno.test("step() gives the outputs of evaluate() one time step at a time", async () => {
  for (const cell of KINDS) {
    const shape = config(cell, { layerCount: 2, hiddenSize: 9 });
    using network = await createFusedNetwork({ config: shape, timeSteps: 4, batchSize: 2 });
    network.setParameters(hashedParameters(shape, 0.5));
    const window = hashedWindow(shape, { timeSteps: 4, batchSize: 2 });
    const initialState = hashedState(shape, 2);
    const { outputs } = network.evaluate({ ...window, initialState }, { outputs: true });
    let state = initialState;
    for (let time = 0; time < 4; time++) {
      const ids = window.inputIds!.slice(time * 2, time * 2 + 2);
      const before = structuredClone(state);
      const result = network.step(state, ids);
      assertEquals(state, before);
      assertEquals(result.outputs, outputs!.slice(time * 10, time * 10 + 10));
      state = result.state;
    }
    assertEquals(state, network.finalState());
  }
});

Deno.test("trainStep() leaves memory flat over 1,000 steps", async () => {
  const shape = config("lstm", { hiddenSize: 16 });
  using network = await createFusedNetwork({
    ...{ config: shape, timeSteps: 8, batchSize: 4, threads: 2 },
    optimizer: { kind: "sgd", learningRate: 0.01 },
  });
  const window = hashedWindow(shape, { timeSteps: 8, batchSize: 4 });
  const train = (steps: number) => {
    for (let i = 0; i < steps; i++) network.trainStep(window);
    return Deno.memoryUsage();
  };
  const before = train(200), after = train(1000);
  assert(after.external - before.external < 1e6, "array buffers grew");
  assert(after.rss - before.rss < 40e6, "resident memory grew");
});

Deno.test("FusedNetwork names what is wrong with a window", async () => {
  const shape = config("gru");
  const network = await createFusedNetwork({ config: shape, timeSteps: 2, batchSize: 1 });
  const window = { timeSteps: 2, batchSize: 1, inputIds: Int32Array.of(1, 5) };
  assertThrows(() => network.evaluate(window), RangeError, "inputIds holds 5, not in 0..4");
  assertThrows(() => network.evaluate({ ...window, timeSteps: 3 }), RangeError, "in 1..2, got 3");
  assertThrows(() => network.trainStep(window), Error, "no optimizer");
  assertThrows(() => network.stateGradients(), Error, "keepStateGradients");
  assertThrows(
    () => network.evaluate({ ...window, inputIds: Int32Array.of(1, 2), continues: true }),
    Error,
    "batch size 0",
  );
  network.dispose();
  network.dispose();
  assertThrows(() => network.parameters(), Error, "disposed");
});

import { assertEquals, assertThrows } from "@std/assert";
import { startFusedEngine } from "lib/kernels/fused/fused_engine.ts";
import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import { SingleSteps } from "lib/kernels/fused/single_steps.ts";
import { hashedParameters, hashedState, hashedWindow } from "../hashed_network.ts";

const config = {
  ...{ cell: "lstm", inputSize: 5, hiddenSize: 3, layerCount: 2, outputSize: 5 } as const,
  biasesPerGate: 1 as const,
};

Deno.test("SingleSteps goes on from any state, whatever batch was stepped before", async () => {
  using network = await createFusedNetwork({ config, timeSteps: 1, batchSize: 4 });
  network.setParameters(hashedParameters(config, 0.5));
  const two = hashedState(config, 2);
  const first = network.step(two, [1, 2]);
  const one = hashedState(config, 1);
  network.step(one, [4]);
  const again = network.step(two, [1, 2]);
  assertEquals(again, first);
  // Each row by itself: layers lie one after the other, so row 0 of layer 1 starts at 2 * 3.
  const rowOf = (values: ArrayLike<number>, row: number) =>
    Float32Array.from({ length: 6 }, (_, i) => values[(i < 3 ? 0 : 6) + 3 * row + i % 3]);
  const alone = network.step({
    batchSize: 1,
    hiddenState: rowOf(two.hiddenState, 1),
    cellState: rowOf(two.cellState!, 1),
  }, [2]);
  assertEquals(alone.outputs, first.outputs.slice(5));
  assertEquals(alone.state.hiddenState, rowOf(first.state.hiddenState, 1));
});

Deno.test("SingleSteps disturbs no training, and training no steps", async () => {
  using network = await createFusedNetwork({
    ...{ config, timeSteps: 2, batchSize: 2 },
    optimizer: { kind: "sgd", learningRate: 0.1 },
  });
  network.setParameters(hashedParameters(config, 0.5));
  const window = hashedWindow(config, { timeSteps: 2, batchSize: 2 });
  const masked = { ...window, mask: Float32Array.of(0, 1, 0, 0) };
  const state = hashedState(config, 2);
  const before = network.step(state, [0, 1]);
  network.evaluate(masked);
  assertEquals(network.step(state, [0, 1]), before);
  const plain = network.computeGradients(window).loss;
  network.step(state, [3, 4]);
  assertEquals(network.computeGradients(window).loss, plain);
});

Deno.test("SingleSteps refuses ids, states and networks that do not fit", async () => {
  const engine = await startFusedEngine({ config, timeSteps: 1, batchSize: 2, threads: 1 });
  const steps = new SingleSteps(engine, 1);
  const state = hashedState(config, 1);
  assertThrows(() => steps.step(state, [5]), RangeError, "inputIds holds 5, not in 0..4");
  assertThrows(() => steps.step(state, [1, 2]), RangeError, "has 2 elements, not 1");
  const { batchSize, hiddenState } = state;
  assertThrows(() => steps.step({ batchSize, hiddenState }, [1]), RangeError, "cellState has no");
  assertThrows(() => steps.step(hashedState(config, 2), [1]), RangeError, "has 12 elements, not 6");
  assertThrows(() => new SingleSteps(engine, 3), RangeError, "batchSize must be in 1..2, got 3");
  engine.stop();
  const values = { config, timeSteps: 1, batchSize: 1, inputs: "values", threads: 1 } as const;
  const real = await startFusedEngine(values);
  assertThrows(() => new SingleSteps(real, 1), Error, "reads real vectors");
  real.stop();
});

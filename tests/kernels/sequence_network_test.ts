import { assert, assertAlmostEquals } from "@std/assert";
import fc from "fast-check";
import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import type { CellKind } from "lib/kernels/network_config.ts";
import { createReferenceNetwork } from "lib/kernels/reference/reference_network.ts";
import type { SequenceWindow } from "lib/kernels/sequence_network.ts";
import {
  hashed,
  hashedParameters,
  hashedState,
  hashedWindow,
  relativeDifference,
} from "./hashed_network.ts";

const KINDS: CellKind[] = ["rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru", "lstm"];

const cases = fc.record({
  cell: fc.constantFrom(...KINDS),
  inputSize: fc.integer({ min: 1, max: 20 }),
  hiddenSize: fc.integer({ min: 1, max: 20 }),
  layerCount: fc.integer({ min: 1, max: 3 }),
  outputSize: fc.integer({ min: 1, max: 20 }),
  biasesPerGate: fc.constantFrom(1 as const, 2 as const),
  timeSteps: fc.integer({ min: 1, max: 6 }),
  batchSize: fc.integer({ min: 1, max: 12 }),
  threads: fc.constantFrom(1, 1, 1, 2),
  values: fc.boolean(),
  squared: fc.boolean(),
  masked: fc.boolean(),
  dropout: fc.constantFrom(0, 0.4),
  truncationLength: fc.integer({ min: 1, max: 6 }),
  arithmetic: fc.constantFrom("fused" as const, "plain" as const),
  seed: fc.integer({ min: 0, max: 1000 }),
});

Deno.test("SequenceNetwork: the fused kernels equal the reference for random shapes and options", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (given) => {
      const { timeSteps, batchSize, inputSize, outputSize, seed } = given;
      const options = {
        ...{ config: given, timeSteps: timeSteps + 1, batchSize: batchSize + 2 },
        inputs: given.values ? "values" as const : "tokens" as const,
        loss: given.squared ? "squared-error" as const : "cross-entropy" as const,
        ...{ dropout: given.dropout, dropoutSeed: seed, truncationLength: given.truncationLength },
        optimizer: { kind: "sgd", learningRate: 0.1 } as const,
        maxGradientNorm: 0.5,
      };
      using fused = await createFusedNetwork({
        ...{ ...options, threads: given.threads, arithmetic: given.arithmetic },
        keepStateGradients: true,
      });
      const reference = createReferenceNetwork(options);
      const parameters = hashedParameters(given, 0.5);
      fused.setParameters(parameters);
      reference.setParameters(parameters);
      for (const continues of [false, true]) {
        const positions = timeSteps * batchSize;
        const window: SequenceWindow = {
          ...hashedWindow(given, { timeSteps, batchSize, salt: seed, masked: given.masked }),
          inputValues: given.values ? hashed(positions * inputSize, seed, 1) : undefined,
          targetValues: given.squared ? hashed(positions * outputSize, seed + 1, 1) : undefined,
          initialState: hashedState(given, batchSize),
          continues,
        };
        const one = fused.evaluate(window, { outputs: true, positionLosses: true });
        const two = reference.evaluate(window, { outputs: true, positionLosses: true });
        assert(relativeDifference({ a: one.outputs! }, { a: two.outputs! }) < 1e-4);
        assert(relativeDifference({ a: one.positionLosses! }, { a: two.positionLosses! }) < 1e-4);
        const actual = fused.trainStep(window), expected = reference.trainStep(window);
        assertAlmostEquals(actual.loss, expected.loss, 1e-4 * (1 + expected.loss));
        assertAlmostEquals(actual.weight, expected.weight);
        if (expected.gradientNorm > 1e-3) {
          assert(relativeDifference(fused.gradients(), reference.gradients()) < 1e-3);
          const [a, b] = [fused.stateGradients(), reference.stateGradients()];
          assert(
            relativeDifference(
              { all: a.hiddenStates, first: a.initialState.hiddenState },
              { all: b.hiddenStates, first: b.initialState.hiddenState },
            ) < 1e-3,
          );
        }
        assert(relativeDifference(fused.parameters(), reference.parameters()) < 1e-4);
      }
    }),
    { numRuns: 80, seed: 1 },
  );
});

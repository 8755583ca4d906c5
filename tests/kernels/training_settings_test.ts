import { assertEquals, assertThrows } from "@std/assert";
import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";
import {
  requireLearningRate,
  requireOptimizer,
  requireSettings,
  requireTraining,
} from "lib/kernels/training_settings.ts";

Deno.test("requireLearningRate() refuses what is no positive number", () => {
  for (const rate of [0, -1, NaN, Infinity]) {
    assertThrows(() => requireLearningRate(rate), RangeError, `must be positive, got ${rate}`);
  }
  requireLearningRate(1e-6);
});

Deno.test("requireOptimizer() refuses an unknown kind and constants out of range", () => {
  const adam: OptimizerSettings = { kind: "adam", learningRate: 0.1 };
  assertEquals(requireOptimizer({ ...adam, beta1: 0, momentum: undefined }), undefined);
  const refused = (change: object, message: string) =>
    assertThrows(() => requireOptimizer({ ...adam, ...change }), RangeError, message);
  refused({ kind: "adamw" }, "must be one of sgd, adagrad, rmsprop, adam, got adamw.");
  for (const key of ["momentum", "smoothing", "beta1", "beta2"]) {
    for (const value of [-0.1, 1, NaN]) {
      refused(
        { [key]: value },
        `Cannot train: ${key} must be at least 0 and below 1, got ${value}.`,
      );
    }
  }
  for (const weightDecay of [-1e-9, Infinity, NaN]) {
    refused({ weightDecay }, `weightDecay must be at least 0 and finite, got ${weightDecay}.`);
  }
  for (const epsilon of [0, 1e-50, -1, Infinity, NaN]) {
    refused(
      { epsilon },
      `epsilon must be finite, and above 0 in single precision, got ${epsilon}.`,
    );
  }
});

Deno.test("requireSettings() takes what is not given, and every number that makes sense", () => {
  requireSettings({});
  requireSettings({ threads: undefined, dropoutSeed: 2 ** 32 - 1, recordEvery: 2.5 });
  requireSettings({ dropoutSeed: -(2 ** 31), maxGradientNorm: Infinity, timeBudgetSeconds: 0 });
  const refused = (settings: Parameters<typeof requireSettings>[0], message: string) =>
    assertThrows(() => requireSettings(settings), RangeError, message);
  for (const seed of [2 ** 32, -(2 ** 31) - 1, 0.5, NaN]) {
    refused({ dropoutSeed: seed }, `dropoutSeed must be a 32-bit integer, got ${seed}.`);
  }
  const text = "3" as unknown as number;
  refused({ threads: text }, 'threads must be a whole number >= 1, got the text "3".');
});

Deno.test("requireTraining() looks at the optimiser, the clipping and the dropout", () => {
  requireTraining({});
  const optimizer = { kind: "sgd", learningRate: NaN } as const;
  assertThrows(() => requireTraining({ optimizer }), RangeError, "learning rate must be positive");
  assertThrows(() => requireTraining({ maxGradientNorm: NaN }), RangeError, "above 0, got NaN.");
  assertThrows(() => requireTraining({ dropout: NaN }), RangeError, "below 1, got NaN.");
  assertThrows(() => requireTraining({ dropoutSeed: NaN }), RangeError, "integer, got NaN.");
});

import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import type { TrainingStepResult } from "lib/kernels/sequence_network.ts";
import { trainingLog } from "lib/training/training_log.ts";

const ids = new Int32Array(6);
const window = { inputIds: ids, targetIds: ids, timeSteps: 3, batchSize: 2, continues: false };
const result = (loss: number, gradientNorm: number, clipped: boolean): TrainingStepResult => ({
  loss,
  lossSum: 6 * loss,
  weight: 4,
  gradientNorm,
  clipped,
});

Deno.test("trainingLog() averages over the steps since the last record and starts anew", () => {
  const meter = trainingLog(4, "tfjs test");
  meter.add(result(3, 1, false), window);
  meter.add(result(2, 5, true), window);
  const { charactersPerSecond, elapsedSeconds, ...first } = meter.record(2, {});
  assertEquals(first, {
    trainingStep: 2,
    epoch: 0.5,
    lossNats: 2.5,
    gradientNorm: 3,
    clippedShare: 0.5,
    engine: "tfjs test",
  });
  assertGreater(elapsedSeconds, 0);
  assertGreater(meter.elapsedSeconds(), elapsedSeconds);
  assertAlmostEquals(charactersPerSecond * elapsedSeconds, 12, 1e-6);
  meter.add(result(1, 1, false), window);
  const second = meter.record(3, { validationLossNats: 1.5, stopReason: "signal" });
  assertEquals([second.lossNats, second.clippedShare], [1, 0]);
  assertEquals([second.validationLossNats, second.stopReason], [1.5, "signal"]);
});

Deno.test("trainingLog() counts only the tokens that a mask lets count", () => {
  const meter = trainingLog(1, "tfjs test");
  meter.add(result(1, 1, false), { ...window, mask: Float32Array.of(1, 1, 1, 1, 0, 0) });
  const record = meter.record(1, {});
  assertAlmostEquals(record.charactersPerSecond * record.elapsedSeconds, 4, 1e-6);
});

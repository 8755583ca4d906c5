import { assertEquals } from "@std/assert";
import {
  afterEvaluation,
  type EarlyStoppingState,
  NO_EVALUATION_YET,
} from "lib/training/early_stopping.ts";

const run = (losses: number[], minImprovementNats?: number) =>
  losses.reduce<EarlyStoppingState>(
    (state, lossNats, place) =>
      afterEvaluation(state, { lossNats, trainingStep: 10 * (place + 1) }, { minImprovementNats }),
    NO_EVALUATION_YET,
  );

Deno.test("afterEvaluation() keeps the best loss and counts the evaluations since", () => {
  assertEquals(run([3, 2, 2.5, 2.2]), {
    bestLossNats: 2,
    bestTrainingStep: 20,
    evaluationsSinceBest: 2,
  });
  assertEquals(run([3, 2, 2.5, 1.9]).evaluationsSinceBest, 0);
});

Deno.test("afterEvaluation() takes an equal loss, a fall below the least that counts, and NaN for no improvement", () => {
  assertEquals(run([2, 2]).evaluationsSinceBest, 1);
  assertEquals(run([2, 1.95, 1.92], 0.1), {
    bestLossNats: 2,
    bestTrainingStep: 10,
    evaluationsSinceBest: 2,
  });
  assertEquals(run([2, 1.95, 1.89], 0.1).bestTrainingStep, 30);
  assertEquals(run([2, NaN]).bestLossNats, 2);
});

import { requireLength, type SequenceTask, wrongShare } from "lib/sources/sequence_task.ts";

/** What is read, by id: distractors a to d, the two symbols that matter, begin and end. */
export const temporalOrderSymbols = ["a", "b", "c", "d", "X", "Y", "E", "B"] as const;
const [DISTRACTORS, X, BEGIN, END] = [4, 4, 6, 7];

/**
 * Temporal order: two symbols, each X or Y, stand among distractors, and the answer at the end says
 * which came in which order: XX, XY, YX, YY (Hochreiter and Schmidhuber 1997, experiment 6a).
 *
 * Positions scale with the length as in Pascanu, Mikolov, Bengio 2013: the first in [T/10, 2T/10],
 * the second in [5T/10, 6T/10]. Without memory the best is ln 4 nats. Solved: below 1 % wrong.
 *
 * @throws {RangeError} if the length is below 10.
 */
export function temporalOrderTask(length: number): SequenceTask {
  requireLength("temporal order", length, 10);
  const tenth = length / 10;
  return {
    name: `temporal order, T = ${length}`,
    timeSteps: length,
    inputs: "tokens",
    inputSize: temporalOrderSymbols.length,
    outputSize: 4,
    loss: "cross-entropy",
    memorylessLoss: Math.log(4),
    solvedBelow: 0.01,
    batch(batchSize, random) {
      const inputIds = new Int32Array(length * batchSize);
      const targetIds = new Int32Array(length * batchSize);
      const mask = new Float32Array(length * batchSize);
      for (let row = 0; row < batchSize; row++) {
        for (let time = 0; time < length; time++) {
          inputIds[time * batchSize + row] = Math.floor(DISTRACTORS * random());
        }
        inputIds[row] = BEGIN;
        inputIds[(length - 1) * batchSize + row] = END;
        let answer = 0;
        for (const earliest of [tenth, 5 * tenth]) {
          const time = Math.floor(earliest + tenth * random());
          const symbol = random() < 0.5 ? 0 : 1;
          inputIds[time * batchSize + row] = X + symbol;
          answer = 2 * answer + symbol;
        }
        targetIds[(length - 1) * batchSize + row] = answer;
        mask[(length - 1) * batchSize + row] = 1;
      }
      return { timeSteps: length, batchSize, inputIds, targetIds, mask };
    },
    error: (batch, outputs) => wrongShare(batch, { outputs, outputSize: 4 }),
  };
}

import { requireLength, type SequenceTask, wrongShare } from "lib/sources/sequence_task.ts";

const SYMBOLS = 8;
const RECALLED = 10;
const BLANK = SYMBOLS;
const SIGNAL = SYMBOLS + 1;

/**
 * The copying task: ten symbols out of eight, `delay` blanks, a signal, then the ten symbols again
 * (Hochreiter and Schmidhuber 1997; Arjovsky, Shah, Bengio 2016).
 *
 * delay + 20 time steps: 10 symbols, delay - 1 blanks, the signal, 10 blanks; to answer: delay + 10
 * blanks, then the symbols. Every position counts. The best answer without memory knows the blanks
 * and guesses the symbols: 10 ln 8 / (delay + 20) nats per time step. `error` counts the last ten
 * answers alone; solved: below 1 % wrong.
 *
 * @throws {RangeError} if the delay is below 1.
 */
export function copyingTask(delay: number): SequenceTask {
  requireLength("copying", delay, 1);
  const timeSteps = delay + 2 * RECALLED;
  return {
    name: `copying, T = ${delay}`,
    timeSteps,
    inputs: "tokens",
    inputSize: SYMBOLS + 2,
    outputSize: SYMBOLS + 1,
    loss: "cross-entropy",
    memorylessLoss: RECALLED * Math.log(SYMBOLS) / timeSteps,
    solvedBelow: 0.01,
    batch(batchSize, random) {
      const inputIds = new Int32Array(timeSteps * batchSize).fill(BLANK);
      const targetIds = new Int32Array(timeSteps * batchSize).fill(BLANK);
      for (let row = 0; row < batchSize; row++) {
        for (let i = 0; i < RECALLED; i++) {
          const symbol = Math.floor(SYMBOLS * random());
          inputIds[i * batchSize + row] = symbol;
          targetIds[(timeSteps - RECALLED + i) * batchSize + row] = symbol;
        }
        inputIds[(timeSteps - RECALLED - 1) * batchSize + row] = SIGNAL;
      }
      const mask = new Float32Array(timeSteps * batchSize).fill(1);
      return { timeSteps, batchSize, inputIds, targetIds, mask };
    },
    error(batch, outputs) {
      const mask = batch.mask.slice().fill(0, 0, (timeSteps - RECALLED) * batch.batchSize);
      return wrongShare({ ...batch, mask }, { outputs, outputSize: SYMBOLS + 1 });
    },
  };
}

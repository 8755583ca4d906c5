import { requireLength, type SequenceTask, wrongShare } from "lib/sources/sequence_task.ts";

/** What is to be remembered: the published task unless told. */
export interface CopyingOptions {
  /** How many different symbols there are; 8 unless told. */
  readonly symbols?: number;
  /** How many are to be recalled; 10 unless told. */
  readonly recalled?: number;
}

/**
 * The copying task: ten symbols out of eight, `delay` blanks, a signal, then the ten symbols again
 * (Hochreiter and Schmidhuber 1997; Arjovsky, Shah, Bengio 2016).
 *
 * delay + 20 time steps: 10 symbols, delay - 1 blanks, the signal, 10 blanks; to answer: delay + 10
 * blanks, then the symbols. Every position counts. The best answer without memory knows the blanks
 * and guesses the symbols: 10 ln 8 / (delay + 20) nats per time step. `error` counts the last ten
 * answers alone; solved: below 1 % wrong. Fewer symbols to recall make a smaller task of the kind.
 *
 * @throws {RangeError} if the delay is below 1.
 */
export function copyingTask(
  delay: number,
  { symbols = 8, recalled = 10 }: CopyingOptions = {},
): SequenceTask {
  requireLength("copying", delay, 1);
  const timeSteps = delay + 2 * recalled;
  const [blank, signal] = [symbols, symbols + 1];
  const isPublished = symbols === 8 && recalled === 10;
  const what = isPublished ? "copying" : `copying ${recalled} of ${symbols} symbols`;
  return {
    name: `${what}, T = ${delay}`,
    timeSteps,
    inputs: "tokens",
    inputSize: symbols + 2,
    outputSize: symbols + 1,
    loss: "cross-entropy",
    memorylessLoss: recalled * Math.log(symbols) / timeSteps,
    solvedBelow: 0.01,
    batch(batchSize, random) {
      const inputIds = new Int32Array(timeSteps * batchSize).fill(blank);
      const targetIds = new Int32Array(timeSteps * batchSize).fill(blank);
      for (let row = 0; row < batchSize; row++) {
        for (let i = 0; i < recalled; i++) {
          const symbol = Math.floor(symbols * random());
          inputIds[i * batchSize + row] = symbol;
          targetIds[(timeSteps - recalled + i) * batchSize + row] = symbol;
        }
        inputIds[(timeSteps - recalled - 1) * batchSize + row] = signal;
      }
      const mask = new Float32Array(timeSteps * batchSize).fill(1);
      return { timeSteps, batchSize, inputIds, targetIds, mask };
    },
    error(batch, outputs) {
      const mask = batch.mask.slice().fill(0, 0, (timeSteps - recalled) * batch.batchSize);
      return wrongShare({ ...batch, mask }, { outputs, outputSize: symbols + 1 });
    },
  };
}

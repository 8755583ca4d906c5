import { requireLength, type SequenceTask, type TaskBatch } from "lib/sources/sequence_task.ts";

/**
 * The adding problem: a sequence of numbers in [0, 1), two of them marked, one in each half; the
 * answer at the end is the sum of the two (Hochreiter and Schmidhuber 1997, experiment 4, as set by
 * Le, Jaitly, Hinton 2015).
 *
 * Inputs are pairs (number, marker 0 or 1). Always answering 1, the mean of the sum, costs a mean
 * squared error of exactly 1/6, the variance of a sum of two uniform numbers. Solved: below 0.01.
 *
 * @throws {RangeError} if the length is below 2.
 */
export function addingTask(length: number): SequenceTask {
  requireLength("adding", length, 2);
  const half = Math.floor(length / 2);
  return {
    name: `adding, T = ${length}`,
    timeSteps: length,
    inputs: "values",
    inputSize: 2,
    outputSize: 1,
    loss: "squared-error",
    memorylessLoss: 1 / 6,
    solvedBelow: 0.01,
    batch(batchSize, random) {
      const inputValues = new Float32Array(length * batchSize * 2);
      const targetValues = new Float32Array(length * batchSize);
      const mask = new Float32Array(length * batchSize);
      for (let row = 0; row < batchSize; row++) {
        const marked = [
          Math.floor(half * random()),
          half + Math.floor((length - half) * random()),
        ];
        let sum = 0;
        for (let time = 0; time < length; time++) {
          const place = time * batchSize + row;
          inputValues[2 * place] = random();
          if (marked.includes(time)) {
            inputValues[2 * place + 1] = 1;
            sum += inputValues[2 * place];
          }
        }
        const end = (length - 1) * batchSize + row;
        targetValues[end] = sum;
        mask[end] = 1;
      }
      return { timeSteps: length, batchSize, inputValues, targetValues, mask };
    },
    error: meanSquaredError,
  };
}

function meanSquaredError({ mask, targetValues }: TaskBatch, outputs: ArrayLike<number>): number {
  let sum = 0;
  let counted = 0;
  for (let place = 0; place < mask.length; place++) {
    if (mask[place] === 0) continue;
    sum += (outputs[place] - targetValues![place]) ** 2;
    counted++;
  }
  return sum / counted;
}

import { moveRow, type OutputLayer, rowScore, zeroRows } from "lib/models/output/output_layer.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";

/** The plain output layer: softmax over one score per token. Costs 2 V H multiply-adds to learn a token. */
export function fullSoftmax(
  { vocabularySize, hiddenSize }: { vocabularySize: number; hiddenSize: number },
): OutputLayer {
  const rows = zeroRows(vocabularySize, hiddenSize);
  const logProbabilities = (state: Float64Array) =>
    logSoftmaxRow(
      Float64Array.from({ length: vocabularySize }, (_, token) => rowScore(rows, token, state)),
      vocabularySize,
    );
  return {
    name: "full softmax",
    vocabularySize,
    logProbabilities,
    trainingLoss: (state, target) => -logProbabilities(state)[target],
    learn(state, target, learningRate) {
      const logs = logProbabilities(state);
      for (let token = 0; token < vocabularySize; token++) {
        const slope = Math.exp(logs[token]) - (token === target ? 1 : 0);
        moveRow(rows, token, { state, slope, learningRate });
      }
    },
    learningCost: () => 2 * vocabularySize * hiddenSize,
  };
}

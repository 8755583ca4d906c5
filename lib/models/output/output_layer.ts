/** A layer that turns hidden states into a distribution over tokens, and learns from one token at a time. */
export interface OutputLayer {
  readonly name: string;
  readonly vocabularySize: number;
  /** Log-probabilities of all tokens after a state, [vocabularySize], nats. Sum to 1 as probabilities. */
  logProbabilities(state: Float64Array): Float64Array;
  /** The loss that `learn` goes down on, nats; for a sampled layer an estimate. */
  trainingLoss(state: Float64Array, target: number): number;
  /** One step of gradient descent on `trainingLoss`. */
  learn(state: Float64Array, target: number, learningRate: number): void;
  /** Multiply-adds of one `learn`, matrix products only: scores and gradients. */
  learningCost(target: number): number;
}

/** A matrix of rows, one per score, and a bias for each. */
export interface ScoreRows {
  readonly hiddenSize: number;
  /** [rows, hiddenSize] */
  readonly weights: Float64Array;
  /** [rows] */
  readonly bias: Float64Array;
}

/** Rows that start at zero: all scores are equal. */
export function zeroRows(count: number, hiddenSize: number): ScoreRows {
  const weights = new Float64Array(count * hiddenSize);
  return { hiddenSize, weights, bias: new Float64Array(count) };
}

/** The score of one row: w . h + b. */
export function rowScore(
  { hiddenSize, weights, bias }: ScoreRows,
  row: number,
  state: Float64Array,
) {
  let score = bias[row];
  const start = row * hiddenSize;
  for (let unit = 0; unit < hiddenSize; unit++) score += weights[start + unit] * state[unit];
  return score;
}

/** Moves one row against the gradient `slope` of the loss in its score. */
export function moveRow(
  { hiddenSize, weights, bias }: ScoreRows,
  row: number,
  { state, slope, learningRate }: { state: Float64Array; slope: number; learningRate: number },
): void {
  const start = row * hiddenSize;
  for (let unit = 0; unit < hiddenSize; unit++) {
    weights[start + unit] -= learningRate * slope * state[unit];
  }
  bias[row] -= learningRate * slope;
}

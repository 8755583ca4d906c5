/** Loss of one position and its gradient with respect to the outputs. */
export interface PositionLoss {
  readonly loss: number;
  readonly gradient: Float64Array;
}

/** -ln softmax(outputs)[target]; its gradient is softmax(outputs) - onehot(target). */
export function crossEntropy(outputs: Float64Array, target: number): PositionLoss {
  const largest = outputs.reduce((a, b) => Math.max(a, b));
  const powers = outputs.map((value) => Math.exp(value - largest));
  const sum = powers.reduce((a, b) => a + b);
  const gradient = powers.map((power) => power / sum);
  gradient[target] -= 1;
  return { loss: Math.log(sum) + largest - outputs[target], gradient };
}

/** Mean over the outputs of the squared difference. */
export function squaredError(outputs: Float64Array, target: ArrayLike<number>): PositionLoss {
  let loss = 0;
  const gradient = outputs.map((value, i) => {
    const difference = value - target[i];
    loss += difference * difference / outputs.length;
    return 2 * difference / outputs.length;
  });
  return { loss, gradient };
}

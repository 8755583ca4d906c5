import type { NamedArrays } from "lib/kernels/reference/reference_optimizer.ts";

/** The states that a sequence of a batch has gone through, [time + 1, batch, hidden], h_0 first. */
export interface SeenStates {
  readonly states: Float64Array;
  readonly batchSize: number;
  readonly hiddenSize: number;
}

/** What one answer's attention leaves for its way back. */
export interface AttentionTrace {
  /** h_t Q, [hidden]. */
  readonly query: Float64Array;
  /** K (h_t Q): its product with a state, over sqrt(H), is that state's score, [hidden]. */
  readonly keyedQuery: Float64Array;
  /** [t]: sums to 1. */
  readonly weights: Float64Array;
  /** [hidden] */
  readonly context: Float64Array;
}

/** Who attends: one sequence at one time step, counted from 1. */
export interface AttentionPlace {
  readonly timeStep: number;
  readonly row: number;
}

/**
 * Attention of state h_t over h_1 ... h_t of its own sequence, scaled dot product as in
 * `models/attention/attention.ts`: weights softmax((h_t Q) (h_i K) / sqrt(H)), context their mean state.
 */
export function attend(
  { states, batchSize, hiddenSize: size }: SeenStates,
  parameters: NamedArrays,
  { timeStep, row }: AttentionPlace,
): AttentionTrace {
  const [toQuery, toKey] = [parameters["attention/query"], parameters["attention/key"]];
  const own = (timeStep * batchSize + row) * size;
  const query = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) query[j] += states[own + i] * toQuery[i * size + j];
  }
  const keyedQuery = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) keyedQuery[i] += toKey[i * size + j] * query[j];
  }
  const weights = new Float64Array(timeStep);
  let largest = -Infinity;
  for (let t = 0; t < timeStep; t++) {
    const at = ((t + 1) * batchSize + row) * size;
    for (let i = 0; i < size; i++) weights[t] += keyedQuery[i] * states[at + i];
    weights[t] /= Math.sqrt(size);
    largest = Math.max(largest, weights[t]);
  }
  let sum = 0;
  for (let t = 0; t < timeStep; t++) sum += weights[t] = Math.exp(weights[t] - largest);
  const context = new Float64Array(size);
  for (let t = 0; t < timeStep; t++) {
    weights[t] /= sum;
    const at = ((t + 1) * batchSize + row) * size;
    for (let i = 0; i < size; i++) context[i] += weights[t] * states[at + i];
  }
  return { query, keyedQuery, weights, context };
}

/**
 * Adds to `toStates`, and to the gradients of both matrices, what a gradient with respect to the
 * context leaves with them.
 */
export function attendBackward(
  { states, batchSize, hiddenSize: size }: SeenStates,
  parameters: NamedArrays,
  { trace, place, toContext, toStates, gradients }: {
    trace: AttentionTrace;
    place: AttentionPlace;
    toContext: ArrayLike<number>;
    toStates: Float64Array;
    gradients: NamedArrays;
  },
): void {
  const { query, keyedQuery, weights } = trace;
  const { timeStep, row } = place;
  const toWeights = new Float64Array(timeStep);
  let mean = 0;
  for (let t = 0; t < timeStep; t++) {
    const at = ((t + 1) * batchSize + row) * size;
    for (let i = 0; i < size; i++) {
      toWeights[t] += toContext[i] * states[at + i];
      toStates[at + i] += weights[t] * toContext[i];
    }
    mean += weights[t] * toWeights[t];
  }
  const toKeyedQuery = new Float64Array(size);
  for (let t = 0; t < timeStep; t++) {
    const toScore = weights[t] * (toWeights[t] - mean) / Math.sqrt(size);
    const at = ((t + 1) * batchSize + row) * size;
    for (let i = 0; i < size; i++) {
      toStates[at + i] += toScore * keyedQuery[i];
      toKeyedQuery[i] += toScore * states[at + i];
    }
  }
  const [toQuery, toKey] = [parameters["attention/query"], parameters["attention/key"]];
  const [queryGradient, keyGradient] = [gradients["attention/query"], gradients["attention/key"]];
  const toProjected = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      keyGradient[i * size + j] += toKeyedQuery[i] * query[j];
      toProjected[j] += toKeyedQuery[i] * toKey[i * size + j];
    }
  }
  const own = (timeStep * batchSize + row) * size;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      queryGradient[i * size + j] += states[own + i] * toProjected[j];
      toStates[own + i] += toProjected[j] * toQuery[i * size + j];
    }
  }
}

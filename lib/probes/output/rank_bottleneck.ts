import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { logSoftmaxRow } from "lib/models/token_losses.ts";

/** The distributions to express, and how hard to try. */
export interface RankBottleneckOptions {
  /** Hidden sizes to try. */
  readonly hiddenSizes: readonly number[];
  /** Adam steps of each fit; 1,500 unless told. */
  readonly steps?: number;
}

/** How near softmax(h W + b) comes to the truth with a free state h for every context. */
export interface RankGap {
  readonly hiddenSize: number;
  /** Mean over the contexts of KL(truth, model), nats. */
  readonly klNats: number;
}

/**
 * The divergence that a hidden size leaves however well the network before it works.
 *
 * Every context has a state of its own, free to be anything; only the output layer softmax(h W + b) is
 * shared. The fit starts at the truncated singular value decomposition of the centred
 * log-probabilities, which is exact from their rank on, and goes down the mean KL by Adam in double
 * precision (Yang, Dai, Salakhutdinov and Cohen 2018, theorem 1).
 *
 * @param conditionals the true distributions, [context][token], all positive; each context weighs alike
 */
export function rankBottleneck(
  conditionals: readonly Float64Array[],
  { hiddenSizes, steps = 1500 }: RankBottleneckOptions,
): RankGap[] {
  const contexts = conditionals.length;
  const size = conditionals[0].length;
  const centred = conditionals.map((row) => {
    const logs = row.map(Math.log);
    const mean = logs.reduce((sum, value) => sum + value, 0) / size;
    return [...logs.map((value) => value - mean)];
  });
  const decomposition = new SingularValueDecomposition(new Matrix(centred), {
    autoTranspose: true,
  });
  const { leftSingularVectors: left, rightSingularVectors: right, diagonal } = decomposition;
  return hiddenSizes.map((hiddenSize) => {
    const width = Math.min(hiddenSize, diagonal.length);
    const fit: Fit = {
      states: Float64Array.from({ length: contexts * width }, (_, index) => {
        const [row, k] = [Math.floor(index / width), index % width];
        return left.get(row, k) * Math.sqrt(diagonal[k]);
      }),
      weights: Float64Array.from({ length: width * size }, (_, index) => {
        const [k, token] = [Math.floor(index / size), index % size];
        return right.get(token, k) * Math.sqrt(diagonal[k]);
      }),
      bias: new Float64Array(size),
    };
    const update = adam(fit, steps);
    let best = Infinity;
    for (let step = 0; step <= steps; step++) {
      const { klNats, gradient } = divergence(fit, { conditionals, width });
      best = Math.min(best, klNats);
      if (step < steps) update(gradient, step);
    }
    return { hiddenSize, klNats: Math.max(0, best) };
  });
}

interface Fit {
  readonly states: Float64Array;
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

function divergence(
  { states, weights, bias }: Fit,
  { conditionals, width }: { conditionals: readonly Float64Array[]; width: number },
): { klNats: number; gradient: Fit } {
  const size = bias.length;
  const gradient: Fit = {
    states: new Float64Array(states.length),
    weights: new Float64Array(weights.length),
    bias: new Float64Array(size),
  };
  let klNats = 0;
  conditionals.forEach((truth, context) => {
    const scores = bias.slice();
    for (let k = 0; k < width; k++) {
      const state = states[context * width + k];
      for (let token = 0; token < size; token++) scores[token] += state * weights[k * size + token];
    }
    const logs = logSoftmaxRow(scores, size);
    for (let token = 0; token < size; token++) {
      klNats += truth[token] * (Math.log(truth[token]) - logs[token]) / conditionals.length;
      const slope = (Math.exp(logs[token]) - truth[token]) / conditionals.length;
      gradient.bias[token] += slope;
      for (let k = 0; k < width; k++) {
        gradient.states[context * width + k] += slope * weights[k * size + token];
        gradient.weights[k * size + token] += slope * states[context * width + k];
      }
    }
  });
  return { klNats, gradient };
}

/** Adam with a rate that falls to 0 over the steps. */
function adam(fit: Fit, steps: number) {
  const arrays = (of: Fit) => [of.states, of.weights, of.bias];
  const first = arrays(fit).map((values) => new Float64Array(values.length));
  const second = arrays(fit).map((values) => new Float64Array(values.length));
  return (gradient: Fit, step: number) => {
    const rate = 0.03 * (1 - step / steps);
    arrays(fit).forEach((values, array) => {
      const slopes = arrays(gradient)[array];
      for (let i = 0; i < values.length; i++) {
        first[array][i] = 0.9 * first[array][i] + 0.1 * slopes[i];
        second[array][i] = 0.999 * second[array][i] + 0.001 * slopes[i] ** 2;
        const mean = first[array][i] / (1 - 0.9 ** (step + 1));
        const root = Math.sqrt(second[array][i] / (1 - 0.999 ** (step + 1)));
        values[i] -= rate * mean / (root + 1e-8);
      }
    });
  };
}

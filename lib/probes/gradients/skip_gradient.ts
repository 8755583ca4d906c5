import type { PathMix } from "lib/kernels/reference/reference_path.ts";
import { bisect } from "lib/probes/bisection.ts";
import { orthogonal } from "lib/models/initialisers.ts";
import {
  type GradientAtDistance,
  type InitialGradientOptions,
  randomDirection,
  stateGradientByDistance,
} from "lib/probes/gradients/gradient_by_distance.ts";
import { randomLayer, type StateTrajectory } from "lib/probes/cell_trajectory.ts";
import { saturation } from "lib/probes/saturation.ts";
import { pathTrajectory } from "lib/probes/path_trajectory.ts";
import { randomStream } from "lib/random/random_stream.ts";

/** An untrained tanh network with a path around its steps. */
export type SkipGradientOptions = Omit<InitialGradientOptions, "cell" | "recurrent" | "part"> & {
  /** Steps that one connection leaps over, 2 or more. */
  readonly skip: number;
};

/** Gradient by distance in h_t = carry h_{t-1} + branch tanh(...); carry 1, branch 0.1 unless told. */
export function residualGradient(
  options: InitialGradientOptions & { mix?: PathMix },
): GradientAtDistance[] {
  const { seed, hiddenSize, inputIds, mix = { carry: 1, branch: 0.1 } } = options;
  const random = randomStream(seed, "initial weights");
  const layer = randomLayer({ ...options, inputSize: options.vocabularySize, random });
  const trajectory = pathTrajectory(layer, { inputIds }, { mix });
  return stateGradientByDistance(trajectory, { outputGradient: randomDirection(hiddenSize, seed) });
}

/** Gradient by distance with a skip, U and V half an orthogonal matrix each. */
export function skipGradient(options: SkipGradientOptions): GradientAtDistance[] {
  const outputGradient = randomDirection(options.hiddenSize, options.seed);
  return stateGradientByDistance(skipOf(options), { outputGradient });
}

/** Root mean square slope of the units of that network: what each path is multiplied by. */
export function skipSlope(options: SkipGradientOptions): number {
  const { slope } = skipOf(options).gateValues;
  const squared = slope.map((row) => row.map((value) => value * value));
  return Math.sqrt(saturation({ ...skipOf(options), gateValues: { slope: squared } }).meanSlope);
}

/**
 * Rate per step where paths of one step and of `skip` steps, each of gain a, do not interfere: their
 * squared norms add, r^(2 skip) = a^2 (r^(2 (skip - 1)) + 1). Solved by bisection.
 */
export function skipRate({ skip, pathGain }: { skip: number; pathGain: number }): number {
  const isBelow = (square: number) => square ** skip < pathGain ** 2 * (square ** (skip - 1) + 1);
  return Math.sqrt(bisect(isBelow, { from: 0, to: 2, rounds: 60 }));
}

function skipOf(options: SkipGradientOptions): StateTrajectory {
  const { hiddenSize, vocabularySize, input, inputIds, seed, skip } = options;
  const random = randomStream(seed, "initial weights");
  const half = orthogonal(0.5);
  const sizes = { inputSize: vocabularySize, hiddenSize };
  const layer = randomLayer({ cell: "rnn-tanh", ...sizes, input, recurrent: half, random });
  const weights = Float64Array.from(half(hiddenSize, hiddenSize, random));
  return pathTrajectory(layer, { inputIds }, { skip: { over: skip, weights } });
}

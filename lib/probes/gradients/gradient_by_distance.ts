import type { TrainableModel } from "lib/models/trainable_model.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";
import { modelTrajectory } from "lib/probes/cell_trajectory.ts";
import { euclideanNorm } from "lib/probes/euclidean_norm.ts";
import type { StateTrajectory } from "lib/probes/state_trajectory.ts";

/** A gradient's norm at one distance, as log10: no distance is too far for it. */
export interface GradientAtDistance {
  /** T - t, in time steps. */
  readonly distance: number;
  /** log10 of the L2 norm; -Infinity for an exact zero. */
  readonly log10Norm: number;
}

/** Which part of the state the gradient is taken with respect to. */
export type StatePart = "hidden" | "cell" | "state";

/** Options of `stateGradientByDistance`. */
export interface GradientByDistanceOptions {
  /** d loss / d h_T, [hiddenSize], or [stateSize] to say the whole of it. */
  readonly outputGradient: ArrayLike<number>;
  /** Time step T of the loss, from 1; the last one unless told. */
  readonly lossTimeStep?: number;
  /** Longest distance; back to h_0 unless told. */
  readonly maxDistance?: number;
  /** `hidden` unless told. */
  readonly part?: StatePart;
}

/**
 * Norm of d loss_T / d h_t for t = T, T - 1, ..., by the chain rule in float64, rescaled at each step.
 *
 * The loss stands at time step T alone, so the gradient at distance k is what is left of it after k
 * steps back.
 *
 * @throws {RangeError} if the gradient fits neither the hidden state nor the whole state.
 */
export function stateGradientByDistance(
  trajectory: StateTrajectory,
  options: GradientByDistanceOptions,
): GradientAtDistance[] {
  const { lossTimeStep = trajectory.timeSteps, part = "hidden" } = options;
  const furthest = Math.min(options.maxDistance ?? lossTimeStep, lossTimeStep);
  let gradient = wholeState(trajectory, options.outputGradient);
  let log10Scale = 0;
  const records: GradientAtDistance[] = [];
  for (let distance = 0; distance <= furthest; distance++) {
    const norm = euclideanNorm(partOf(gradient, part, trajectory));
    records.push({ distance, log10Norm: log10Scale + Math.log10(norm) });
    if (distance === furthest) break;
    gradient = trajectory.vectorJacobianProduct(lossTimeStep - distance, gradient);
    const size = euclideanNorm(gradient);
    if (size > 0) {
      gradient = gradient.map((value) => value / size);
      log10Scale += Math.log10(size);
    }
  }
  return records;
}

/**
 * Norm of d loss_T / d h_t by distance for a one-layer language model on a text: the loss is that of
 * ids[T] given ids[0..T-1], for the last id of the text.
 *
 * @throws {RangeError} if the text has fewer than two ids.
 */
export function lossGradientByDistance(
  model: TrainableModel,
  ids: ArrayLike<number>,
  options: Omit<GradientByDistanceOptions, "outputGradient" | "lossTimeStep"> = {},
): GradientAtDistance[] {
  if (ids.length < 2) throw new RangeError(`Cannot place a loss: ${ids.length} ids, not 2.`);
  const trajectory = modelTrajectory(model, Array.from(ids).slice(0, -1));
  const outputGradient = lossGradient(model, trajectory.hiddenStates.at(-1)!, ids[ids.length - 1]);
  return stateGradientByDistance(trajectory, { ...options, outputGradient });
}

/** d loss / d h of the cross-entropy of one target, for a model's output layer; see `outputGradient`. */
export function lossGradient(
  model: TrainableModel,
  hiddenState: Float64Array,
  targetId: number,
): Float64Array {
  const weights = model.parameters["output/weights"].dataSync();
  const bias = model.parameters["output/bias"].dataSync();
  return outputGradient({ weights, bias }, hiddenState, targetId);
}

/** The numbers of an output layer: `weights` V [hiddenSize, size], `bias` b [size]. */
export interface OutputNumbers {
  readonly weights: ArrayLike<number>;
  readonly bias: ArrayLike<number>;
}

/** d loss / d h of the cross-entropy of one target: (softmax(h V + b) - target) V^T, [hiddenSize]. */
export function outputGradient(
  { weights, bias }: OutputNumbers,
  hiddenState: Float64Array,
  targetId: number,
): Float64Array {
  const size = bias.length;
  const logits = Float64Array.from(bias);
  hiddenState.forEach((value, i) => {
    for (let v = 0; v < size; v++) logits[v] += value * weights[i * size + v];
  });
  const errors = logSoftmaxRow(logits, size).map(Math.exp);
  errors[targetId] -= 1;
  return hiddenState.map((_, i) => {
    let sum = 0;
    for (let v = 0; v < size; v++) sum += weights[i * size + v] * errors[v];
    return sum;
  });
}

function wholeState(
  { hiddenSize, stateSize }: StateTrajectory,
  gradient: ArrayLike<number>,
): Float64Array {
  if (gradient.length !== hiddenSize && gradient.length !== stateSize) {
    throw new RangeError(
      `Cannot follow a gradient: ${gradient.length} numbers, the state has ${stateSize}.`,
    );
  }
  const whole = new Float64Array(stateSize);
  whole.set(Array.from(gradient));
  return whole;
}

function partOf(gradient: Float64Array, part: StatePart, { hiddenSize }: StateTrajectory) {
  if (part === "state") return gradient;
  return part === "hidden" ? gradient.subarray(0, hiddenSize) : gradient.subarray(hiddenSize);
}

import { logSoftmaxRow } from "lib/models/token_losses.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";
import {
  cellTrajectory,
  modelTrajectory,
  randomLayer,
  type RandomLayerOptions,
  type StateTrajectory,
} from "lib/probes/cell_trajectory.ts";
import { euclideanNorm } from "lib/probes/euclidean_norm.ts";
import { randomNormal } from "lib/random/normal.ts";
import { randomStream } from "lib/random/random_stream.ts";

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

/** A layer before training, and the text it reads. */
export interface InitialGradientOptions extends Omit<RandomLayerOptions, "random" | "inputSize"> {
  readonly vocabularySize: number;
  /** What the layer reads; the loss stands at its end. */
  readonly inputIds: ArrayLike<number>;
  readonly seed: number;
  /** Part of the state the gradient is taken with respect to; `hidden` unless told. */
  readonly part?: StatePart;
}

/** The layer's state along the text, before any training. */
export function initialTrajectory(options: InitialGradientOptions): StateTrajectory {
  const random = randomStream(options.seed, "initial weights");
  const layer = randomLayer({ ...options, inputSize: options.vocabularySize, random });
  return cellTrajectory(layer, { inputIds: options.inputIds });
}

/**
 * Norm of the gradient by distance in a layer before training, from a loss at the end of the text
 * whose gradient with respect to h_T points in a random direction and has norm 1.
 */
export function initialGradient(options: InitialGradientOptions): GradientAtDistance[] {
  const trajectory = initialTrajectory(options);
  const outputGradient = randomDirection(options.hiddenSize, options.seed);
  return stateGradientByDistance(trajectory, { outputGradient, part: options.part });
}

/** A uniformly random direction, norm 1. */
export function randomDirection(size: number, seed: number): Float64Array {
  const draw = randomNormal(randomStream(seed, "direction of the loss"));
  const values = Float64Array.from({ length: size }, draw);
  const norm = Math.hypot(...values);
  return values.map((value) => value / norm);
}

/** Where the losses lie whose gradients are averaged. */
export interface MeanGradientOptions {
  /** Losses, spread evenly over the text. */
  readonly places: number;
  readonly maxDistance: number;
}

/**
 * log10 of the norm of d loss_T / d state_t by distance T - t, a mean over several T of a text, relative
 * to distance 0. The state is all that a step hands on: for an LSTM hidden and cell state together.
 *
 * @throws {RangeError} if the text is too short for the places.
 */
export function meanLossGradient(
  model: TrainableModel,
  ids: Int32Array,
  { places, maxDistance }: MeanGradientOptions,
): { x: number; y: number }[] {
  const length = maxDistance + 2;
  if (!(places >= 1) || ids.length < length * places) {
    throw new RangeError(
      `Cannot place ${places} losses at ${maxDistance} steps in a text of ${ids.length} ids.`,
    );
  }
  const stride = Math.floor((ids.length - length) / Math.max(1, places - 1));
  const sums = new Float64Array(maxDistance + 1);
  for (let place = 0; place < places; place++) {
    const piece = ids.subarray(place * stride, place * stride + length);
    const found = lossGradientByDistance(model, piece, { part: "state", maxDistance });
    for (const { distance, log10Norm } of found) sums[distance] += log10Norm - found[0].log10Norm;
  }
  return Array.from(sums, (sum, x) => ({ x, y: sum / places }));
}

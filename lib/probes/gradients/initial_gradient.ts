import { randomNormal } from "lib/random/normal.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { cellTrajectory } from "lib/probes/cell_trajectory.ts";
import {
  type GradientAtDistance,
  stateGradientByDistance,
} from "lib/probes/gradients/gradient_by_distance.ts";
import type { StatePart } from "lib/probes/gradients/gradient_by_distance.ts";
import { randomLayer, type RandomLayerOptions } from "lib/probes/random_layer.ts";
import type { StateTrajectory } from "lib/probes/state_trajectory.ts";

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

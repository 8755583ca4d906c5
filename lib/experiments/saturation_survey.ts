import type { CellKind } from "lib/kernels/network_config.ts";
import { gaussian, type Initialiser } from "lib/models/initialisers.ts";
import { steepestSlope } from "lib/experiments/bound_trials.ts";
import {
  type InitialGradientOptions,
  initialTrajectory,
  randomDirection,
  stateGradientByDistance,
} from "lib/probes/gradients/gradient_by_distance.ts";
import { fitRate } from "lib/probes/gradients/rate_fit.ts";
import { saturation } from "lib/probes/saturation.ts";
import { mapStoppably } from "lib/training/map_stoppably.ts";

/** A network's saturation beside the rate of its gradient. */
export interface SaturationRecord {
  readonly cell: CellKind;
  /** Standard deviation of a token's share of a pre-activation. */
  readonly inputDeviation: number;
  readonly seed: number;
  readonly ratePerStep: number;
  /** Share of units whose slope is below a tenth of the steepest. */
  readonly saturatedShare: number;
  /** Mean slope as a share of the steepest. */
  readonly meanSlope: number;
}

/** One untrained network, and what it reads. */
export interface SaturationOptions
  extends Omit<InitialGradientOptions, "input" | "cell" | "recurrent"> {
  readonly cell: keyof typeof steepestSlope;
  readonly recurrent: Initialiser;
  readonly inputDeviation: number;
}

/**
 * `saturationRecord` of all cells times all deviations times all seeds, in that order.
 *
 * @throws {StoppedError} if Stop was pressed.
 */
export async function saturationSurvey(
  { cells, deviations, seeds, ...network }:
    & Omit<SaturationOptions, "cell" | "inputDeviation" | "seed">
    & {
      readonly cells: readonly SaturationOptions["cell"][];
      readonly deviations: readonly number[];
      readonly seeds: readonly number[];
    },
): Promise<SaturationRecord[]> {
  const runs = cells.flatMap((cell) =>
    deviations.flatMap((inputDeviation) => seeds.map((seed) => ({ cell, inputDeviation, seed })))
  );
  return await mapStoppably(runs, (run) => saturationRecord({ ...network, ...run }));
}

/** Rate and saturation of one untrained network on a text, its input weights N(0, deviation^2). */
export function saturationRecord(options: SaturationOptions): SaturationRecord {
  const { cell, inputDeviation, hiddenSize, seed } = options;
  const trajectory = initialTrajectory({ ...options, input: gaussian(inputDeviation) });
  const outputGradient = randomDirection(hiddenSize, seed);
  const records = stateGradientByDistance(trajectory, { outputGradient });
  const { saturatedShare, meanSlope } = saturation(trajectory, { steepest: steepestSlope[cell] });
  const { ratePerStep } = fitRate(records, { from: 2 });
  return { cell, inputDeviation, seed, ratePerStep, saturatedShare, meanSlope };
}

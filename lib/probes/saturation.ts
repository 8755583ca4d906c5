import type { StateTrajectory } from "lib/probes/cell_trajectory.ts";

/** Shares of units and gates that hardly answer, over all units and time steps. */
export interface Saturation {
  /** Mean slope of the activation, as a share of the steepest it has. */
  readonly meanSlope: number;
  /** Share of units whose slope is below a tenth of the steepest. */
  readonly saturatedShare: number;
  /** For each gate, the share of its values below 0.1 and above 0.9, and its mean. */
  readonly gates: Readonly<Record<string, { closed: number; open: number; mean: number }>>;
}

/**
 * How much of a network is saturated along a trajectory.
 *
 * @param options.steepest the activation's largest slope: 1 for tanh and relu, 1/4 for the sigmoid
 */
export function saturation(
  { gateValues }: StateTrajectory,
  { steepest = 1 }: { steepest?: number } = {},
): Saturation {
  const { slope, ...gates } = gateValues;
  return {
    meanSlope: mean(slope) / steepest,
    saturatedShare: share(slope, (value) => value < 0.1 * steepest),
    gates: Object.fromEntries(
      Object.entries(gates).map(([name, values]) => [name, {
        closed: share(values, (value) => value < 0.1),
        open: share(values, (value) => value > 0.9),
        mean: mean(values),
      }]),
    ),
  };
}

function share(rows: readonly Float64Array[], holds: (value: number) => boolean): number {
  let count = 0;
  let total = 0;
  for (const row of rows) {
    total += row.length;
    for (const value of row) if (holds(value)) count++;
  }
  return count / total;
}

function mean(rows: readonly Float64Array[]): number {
  let sum = 0;
  let total = 0;
  for (const row of rows) {
    total += row.length;
    for (const value of row) sum += value;
  }
  return sum / total;
}

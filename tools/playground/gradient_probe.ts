import type { NetworkConfig } from "lib/kernels/network_config.ts";
import { layerArrays } from "lib/kernels/reference/reference_pass.ts";
import { cellTrajectory } from "lib/probes/cell_trajectory.ts";
import {
  type GradientAtDistance,
  outputGradient,
  stateGradientByDistance,
} from "lib/probes/gradients/gradient_by_distance.ts";
import { median } from "lib/probes/median.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";

/**
 * Median over the rows of a batch of log10 of the norm of d loss_T / d s_t, for T the last time step of a
 * window and s the whole state, h and for an LSTM (h, c): distance 0 first. Question 3 draws the same.
 */
export type MeasureGradient = (
  parameters: Readonly<Record<string, ArrayLike<number>>>,
  trainingStep: number,
) => GradientAtDistance[];

// In float64 and by the step: more would take the time of a turn from training.
const mostRows = 3;

/**
 * How much of a loss's gradient is left at each distance back in time, on a text; in float64, from a
 * state of zeros.
 *
 * @throws {RangeError} if the text is too short for one window.
 */
export function gradientProbe(
  ids: Int32Array,
  { config, unrollLength }: { config: NetworkConfig; unrollLength: number },
): MeasureGradient {
  const batchSize = Math.min(mostRows, Math.floor((ids.length - 1) / unrollLength));
  const schedule = streamWindows(ids, { batchSize, unrollLength });
  return (parameters, trainingStep) => {
    const { inputIds, targetIds } = schedule.window(trainingStep % schedule.stepsPerEpoch);
    const doubles = Object.fromEntries(
      Object.entries(parameters).map(([name, values]) => [name, Float64Array.from(values)]),
    );
    const layer = { ...config, ...layerArrays(doubles, 0) };
    const output = { weights: parameters["output/weights"], bias: parameters["output/bias"] };
    const rows = Array.from({ length: batchSize }, (_, row) => {
      const trajectory = cellTrajectory(layer, {
        inputIds: inputIds.filter((_, at) => at % batchSize === row),
      });
      const targetId = targetIds[(unrollLength - 1) * batchSize + row];
      return stateGradientByDistance(trajectory, {
        outputGradient: outputGradient(output, trajectory.hiddenStates.at(-1)!, targetId),
        part: "state",
        maxDistance: unrollLength - 1,
      });
    });
    return Array.from({ length: unrollLength }, (_, distance) => ({
      distance,
      log10Norm: median(rows.map((row) => row[distance].log10Norm)),
    }));
  };
}

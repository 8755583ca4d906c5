import type { NormCurve } from "lib/figures/lecture/gradient_by_distance.ts";
import { medianWithSpread } from "lib/figures/series.ts";
import type { GradientAtDistance } from "lib/probes/gradients/gradient_by_distance.ts";

/** One curve from the runs of several seeds: the median log10 norm at each distance, with its spread. */
export function medianNormCurve(
  label: string,
  runs: readonly (readonly GradientAtDistance[])[],
): NormCurve {
  const points = runs.map((run) =>
    run.map(({ distance, log10Norm }) => ({ x: distance, y: log10Norm }))
  );
  return {
    label,
    points: medianWithSpread(points).map(({ x, y, low, high }) => ({
      distance: x,
      log10Norm: y,
      low,
      high,
    })),
  };
}

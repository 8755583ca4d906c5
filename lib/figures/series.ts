import { median } from "lib/probes/median.ts";

/** A point of a series, with the spread over runs where there is one. */
export interface SeriesPoint {
  x: number;
  y: number;
  low?: number;
  high?: number;
}

/** A named curve. `theory` is drawn dashed in ink: what was predicted, on the axes of what was measured. */
export interface Series {
  label: string;
  points: readonly SeriesPoint[];
  kind?: "measured" | "theory";
  /** What stands at its end, where it is more than its name. */
  endLabel?: string;
}

/**
 * The median of several runs at each x, with the least and the greatest as the spread.
 *
 * @param runs one array of points per seed; an x that only some runs have counts those runs
 * @returns points in order of x
 */
export function medianWithSpread(
  runs: readonly (readonly { x: number; y: number }[])[],
): SeriesPoint[] {
  const byX = new Map<number, number[]>();
  for (const { x, y } of runs.flat()) {
    const values = byX.get(x);
    if (values) values.push(y);
    else byX.set(x, [y]);
  }
  return [...byX].sort(([a], [b]) => a - b).map(([x, values]) => {
    return { x, y: median(values), low: Math.min(...values), high: Math.max(...values) };
  });
}

/**
 * A curve cut off at the edges of a range of y: points outside become gaps, and where the curve
 * crosses an edge it ends on it.
 *
 * Cutting the data rather than the drawing needs no `<clipPath>`, whose id could clash in a page.
 *
 * @param options.logarithmic interpolate the crossing in log y
 */
export function clipPoints(
  points: readonly SeriesPoint[],
  { low, high, logarithmic = false }: { low: number; high: number; logarithmic?: boolean },
): SeriesPoint[] {
  const clamp = (value: number) => Math.min(Math.max(value, low), high);
  const scale = (value: number) => logarithmic ? Math.log(value) : value;
  const clipped: SeriesPoint[] = [];
  const addCrossings = (from: SeriesPoint, to: SeriesPoint) => {
    const rise = scale(to.y) - scale(from.y);
    if (!Number.isFinite(rise)) return;
    for (const edge of rise > 0 ? [low, high] : [high, low]) {
      const share = (scale(edge) - scale(from.y)) / rise;
      if (share > 0 && share < 1) clipped.push({ x: from.x + share * (to.x - from.x), y: edge });
    }
  };
  points.forEach((point, index) => {
    if (index > 0) addCrossings(points[index - 1], point);
    if (!(point.y >= low && point.y <= high)) clipped.push({ x: point.x, y: NaN });
    else if (point.low === undefined || point.high === undefined) clipped.push(point);
    else clipped.push({ ...point, low: clamp(point.low), high: clamp(point.high) });
  });
  return clipped;
}

/** The last point of a series that has a place on the axes; undefined if none has. */
export function lastFinitePoint(points: readonly SeriesPoint[]): SeriesPoint | undefined {
  return points.findLast(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
}

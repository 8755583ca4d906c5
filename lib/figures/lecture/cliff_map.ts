import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { heatMap } from "lib/figures/heat_map.ts";

/** A point of the loss surface of two parameters. */
export interface SurfacePoint {
  w: number;
  b: number;
  loss: number;
}

/** A descent drawn on the surface. */
export interface SurfacePath {
  label: string;
  points: readonly { w: number; b: number }[];
  /** Solid instead of dashed. */
  solid?: boolean;
}

/**
 * A loss surface over two parameters as a map of log10 loss, with descents drawn on it.
 *
 * @throws {RangeError} if there are no points
 */
export function cliffMap(
  surface: readonly SurfacePoint[],
  { paths, title = "A cliff in the loss of a one-unit network" }: {
    paths: readonly SurfacePath[];
    title?: string;
  },
): FigureElement {
  const lowest = -3; // below this the loss is as good as zero
  return heatMap(
    surface.map(({ w, b, loss }) => ({ x: w, y: b, value: Math.max(lowest, Math.log10(loss)) })),
    {
      title,
      x: { label: "recurrent weight w", unit: null },
      y: { label: "bias b", unit: null },
      colour: { label: "loss", unit: null, scale: "exponent", steps: 6 },
      boundaries: paths.map(({ label, points, solid }) => ({
        ...{ label, solid, labelAt: "end" },
        points: points.map(({ w, b }) => ({ x: w, y: b })),
      })),
    },
  );
}

import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { heatMap } from "lib/figures/heat_map.ts";

/** A gradient's norm for one network at one distance. */
export interface GradientMapCell {
  gain: number;
  distance: number;
  log10Norm: number;
}

/**
 * The map gain × distance → norm of the gradient, with the boundary between its two regions.
 *
 * @param options.criticalGain where theory has neither vanishing nor explosion
 * @throws {RangeError} if there are no cells
 */
export function gradientMap(
  cells: readonly GradientMapCell[],
  { criticalGain, title = "Left of the edge the gradient vanishes, right of it it explodes" }: {
    criticalGain: number;
    title?: string;
  },
): FigureElement {
  const distances = cells.map(({ distance }) => distance);
  const edge = (distance: number) => ({ x: criticalGain, y: distance });
  return heatMap(
    cells.map(({ gain, distance, log10Norm }) => ({ x: gain, y: distance, value: log10Norm })),
    {
      title,
      x: { label: "gain g (about the spectral radius)", unit: null },
      y: { label: "distance T − t", unit: "time steps" },
      colour: {
        label: "norm of the gradient",
        unit: null,
        kind: "diverging",
        scale: "exponent",
        domain: { low: -15, high: 15 }, // beyond, the end colours say enough
        steps: 12,
      },
      boundaries: [{
        label: "theory: χ = 1",
        points: [edge(Math.min(...distances)), edge(Math.max(...distances))],
      }],
    },
  );
}

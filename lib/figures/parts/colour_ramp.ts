import { roundTicks } from "lib/figures/parts/axis.ts";

/** How values become the colours of cells. */
export interface ColourRamp {
  /** What the colour shows. */
  label: string;
  unit: string | null;
  /** `diverging` puts a neutral colour at `centre`. */
  kind?: "sequential" | "diverging";
  /** 0 unless told. */
  centre?: number;
  /** First and last value told apart; fitted to the data where left out. */
  domain?: { low: number; high: number };
  /** About how many steps; 9 unless told. */
  steps?: number;
  /** The values are log10: the scale shows powers of ten. */
  scale?: "linear" | "exponent";
}

/** A ramp in steps: colour `i` from `thresholds[i - 1]` to `thresholds[i]`. */
export interface SteppedRamp {
  thresholds: readonly number[];
  colours: readonly string[];
  colourOf(value: number): string;
}

/** The colour of a value that is not a number. */
export const missingColour = "#8a8f96";

// Ends and middles of the ramps. Sequential: light yellow over orange to dark violet, monotone in
// lightness, so it survives greyscale. Diverging: blue over near-white to vermillion (Okabe and Ito).
const sequentialStops = ["#fff6d6", "#fdc35c", "#e8743b", "#a8306a", "#3d1a6e"];
const divergingStops = [
  "#00406b",
  "#3d93c9",
  "#b9dcf0",
  "#f6f3ee",
  "#f9c9a4",
  "#dd7226",
  "#7a2b00",
];

/**
 * A stepped colour ramp over the values given.
 *
 * Steps and not a continuous ramp: a reader can match a swatch to a number, and no canvas is needed.
 * A diverging ramp has as many steps below its centre as the data needs, and as many above.
 *
 * @param values infinite and missing ones take no part in the fit
 * @throws {RangeError} if no value is finite and no domain is stated
 */
export function steppedRamp(ramp: ColourRamp, values: Iterable<number>): SteppedRamp {
  const { low, high } = ramp.domain ?? finiteRange(values, ramp.label);
  const width = high > low ? high - low : Math.abs(low) || 1;
  const range = high > low ? { low, high } : { low: low - width / 2, high: high + width / 2 };
  const thresholds = roundTicks(range.low, range.high, (ramp.steps ?? 9) - 1)
    .filter((tick) => tick > range.low && tick < range.high);
  const middles = [
    range.low,
    ...thresholds.slice(1).map((tick, index) => (tick + thresholds[index]) / 2),
    range.high,
  ];
  const { kind = "sequential", centre = 0 } = ramp;
  const reach = Math.max(range.high - centre, centre - range.low);
  const colours = thresholds.length === 0
    ? [rampColour(sequentialStops, 0.5)]
    : middles.map((value, index) =>
      kind === "diverging"
        ? rampColour(divergingStops, 0.5 + (value - centre) / (2 * reach))
        : rampColour(sequentialStops, index / (middles.length - 1))
    );
  return {
    thresholds,
    colours,
    colourOf: (value) =>
      Number.isNaN(value)
        ? missingColour
        : colours[thresholds.filter((threshold) => value >= threshold).length],
  };
}

/** The colour at `share` (0 to 1, clamped) of the way along stops, linear in sRGB. */
function rampColour(stops: readonly string[], share: number): string {
  const place = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
  const index = Math.min(Math.floor(place), stops.length - 2);
  const channel = (stop: string, offset: number) => parseInt(stop.slice(offset, offset + 2), 16);
  const mixed = [1, 3, 5].map((offset) => {
    const from = channel(stops[index], offset), to = channel(stops[index + 1], offset);
    return Math.round(from + (place - index) * (to - from)).toString(16).padStart(2, "0");
  });
  return `#${mixed.join("")}`;
}

function finiteRange(values: Iterable<number>, label: string): { low: number; high: number } {
  let low = Infinity, high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) throw new RangeError(`Cannot make colours for "${label}": no finite value`);
  return { low, high };
}

import { numberText, powerOfTenText } from "lib/figures/parts/number_text.ts";

/** One axis of a figure. */
export interface Axis {
  /** What is measured. */
  label: string;
  /** Its unit; null for a pure number. */
  unit: string | null;
  /** `exponent`: values are log10 already (so 10⁻⁴⁰⁰ can be drawn), ticks show powers of ten. */
  scale?: "linear" | "log" | "exponent";
  /** First and last value shown; fitted to the data where left out. */
  domain?: { low: number; high: number };
  /** About how many ticks; 6 unless told. */
  tickCount?: number;
  /** Names of the places 0, 1, 2, ... of an axis of things that are no amounts; each has a tick. */
  names?: readonly string[];
}

/** An axis with its range settled. */
export interface FittedAxis extends Axis {
  scale: "linear" | "log" | "exponent";
  domain: { low: number; high: number };
  ticks: { value: number; text: string }[];
  /** Names and not amounts along it: no direction. */
  isCategorical?: boolean;
}

/** The axis's label with its unit. */
export function axisTitle({ label, unit }: Axis): string {
  return unit === null ? label : `${label} (${unit})`;
}

/**
 * Settles the range and the ticks of an axis from the values that it must show.
 *
 * @param values non-finite ones are left out, and on a log axis those at or below 0
 * @throws {RangeError} if no value can be shown and the axis states no domain
 */
export function fitAxis(
  axis: Axis,
  { values, round = true }: { values: Iterable<number>; round?: boolean },
): FittedAxis {
  const scale = axis.scale ?? "linear";
  let low = Infinity, high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value) || (scale === "log" && value <= 0)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (axis.domain) ({ low, high } = axis.domain);
  if (!(low <= high)) {
    throw new RangeError(`Cannot fit the axis "${axis.label}": no finite value to show`);
  }
  if (axis.names) {
    const ticks = axis.names.map((text, value) => ({ value, text }));
    return { ...axis, scale, domain: { low, high }, ticks, isCategorical: true };
  }
  if (low === high) ({ low, high } = widened(low, scale));
  const count = axis.tickCount ?? 6;
  if (!axis.domain && round) ({ low, high } = roundedRange({ low, high }, { scale, count }));
  return { ...axis, scale, domain: { low, high }, ticks: axisTicks({ low, high }, scale, count) };
}

/** Round values between `low` and `high` that differ by 1, 2 or 5 times a power of ten. */
export function roundTicks(low: number, high: number, count: number): number[] {
  const step = roundStep(low, high, count);
  const ticks: number[] = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index++) {
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}

function roundStep(low: number, high: number, count: number): number {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * 0.8) ?? 10;
  return factor * power;
}

function widened(value: number, scale: FittedAxis["scale"]) {
  if (scale === "log") return { low: value / 2, high: value * 2 };
  const by = scale === "exponent" ? 1 : Math.abs(value) * 0.1 || 1;
  return { low: value - by, high: value + by };
}

// A range that ends on ticks when that costs little room, else with a margin of 3%.
function roundedRange(
  { low, high }: { low: number; high: number },
  { scale, count }: { scale: FittedAxis["scale"]; count: number },
) {
  if (scale === "log") {
    const margin = (high / low) ** 0.05;
    return { low: low / margin, high: high * margin };
  }
  const step = roundStep(low, high, count);
  const room = high - low;
  const down = Math.floor(low / step + 1e-9) * step, up = Math.ceil(high / step - 1e-9) * step;
  return {
    low: low - down <= room * 0.12 ? down : low - room * 0.03,
    high: up - high <= room * 0.12 ? up : high + room * 0.03,
  };
}

function axisTicks(
  { low, high }: { low: number; high: number },
  scale: FittedAxis["scale"],
  count: number,
): FittedAxis["ticks"] {
  if (scale === "linear") {
    return roundTicks(low, high, count).map((value) => ({ value, text: numberText(value) }));
  }
  const from = scale === "log" ? Math.log10(low) : low;
  const to = scale === "log" ? Math.log10(high) : high;
  const tick = (exponent: number) => ({
    value: scale === "log" ? 10 ** exponent : exponent,
    text: powerOfTenText(exponent),
  });
  if (to - from < 0.5) {
    return roundTicks(10 ** from, 10 ** to, count).map((value) => ({
      value: scale === "log" ? value : Math.log10(value),
      text: numberText(value),
    }));
  }
  if (to - from >= 2) {
    return roundTicks(from, to, count).filter(Number.isInteger).map(tick);
  }
  const ticks: FittedAxis["ticks"] = [];
  for (let exponent = Math.floor(from); exponent <= to; exponent++) {
    for (const factor of [1, 2, 5]) {
      const value = factor * 10 ** exponent;
      if (Math.log10(value) < from - 1e-9 || Math.log10(value) > to + 1e-9) continue;
      ticks.push({ value: scale === "log" ? value : Math.log10(value), text: numberText(value) });
    }
  }
  return ticks;
}

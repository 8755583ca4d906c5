import { best, type Timing } from "./interleave.ts";
import { type Shape, stepOperations } from "./shapes.ts";

/** One line of the result: a shape against one peer. */
export interface Row {
  readonly shape: string;
  readonly ours_ms: number;
  readonly peer: string;
  readonly peer_ms: number;
  /** Best of the peer over best of ours. */
  readonly ratio: number;
  /** Share of the FMA peak of the threads that ours ran on. */
  readonly peak_share: number;
  /** Ours on wide registers, where they were timed, and the peer's time over it. */
  readonly wide_ms?: number;
  readonly wide_ratio?: number;
}

/** Rows of one shape, and all its timings. */
export function rowsOf(
  shape: Shape,
  { timings, peak }: { timings: readonly Timing[]; peak: number },
): Row[] {
  const ours = best(timings, "ours")!;
  const threads = ours.name.includes("1 thread") ? 1 : 2;
  const share = stepOperations(shape) / (ours.median * 1e6) / (peak * threads);
  const wide = best(timings, "wide");
  return ["pytorch", "tfjs"].flatMap((prefix) => {
    const peer = best(timings, prefix);
    if (peer === undefined) return [];
    return [{
      ...{ shape: shape.name, ours_ms: ours.median, peer: peer.name, peer_ms: peer.median },
      ...{ ratio: peer.median / ours.median, peak_share: share },
      ...wide && { wide_ms: wide.median, wide_ratio: peer.median / wide.median },
    }];
  });
}

/** A table of timings for people: median and spread in milliseconds. */
export function describeTimings(timings: readonly Timing[]): string {
  return timings.map(({ name, median, spread }) =>
    `  ${name.padEnd(20)} ${digits(median)} ms (${digits(spread.low)} to ${digits(spread.high)})`
  ).join("\n");
}

/** Three significant digits, without an exponent. */
export function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : Number(value.toPrecision(3)).toString();
}

import { fusedPeer } from "./fused_peer.ts";
import { best, interleave } from "./interleave.ts";
import { shapeOf } from "./shapes.ts";

/** How the time of a step grows with one size: fitted exponent, and the times it was fitted to. */
export interface Growth {
  readonly size: string;
  readonly exponent: number;
  readonly points: readonly { readonly value: number; readonly milliseconds: number }[];
}

const BASE = {
  cell: "lstm" as const,
  hiddenSize: 128,
  timeSteps: 32,
  batchSize: 32,
  vocabularySize: 64,
};

const RANGES = {
  timeSteps: [16, 32, 64, 128],
  batchSize: [16, 32, 64, 128],
  hiddenSize: [64, 128, 256, 512],
  vocabularySize: [64, 256, 1024, 4096],
};

/** Times an LSTM of 128 units with one size varied at a time, on the best number of threads. */
export async function measureGrowth(): Promise<Growth[]> {
  const growths: Growth[] = [];
  for (const [size, values] of Object.entries(RANGES)) {
    const points = [];
    for (const value of values) {
      const contenders = await fusedPeer.contenders(shapeOf({ ...BASE, [size]: value }));
      const timings = await interleave(contenders, { rounds: 5, milliseconds: 40 });
      for (const contender of contenders) await contender.close();
      points.push({ value, milliseconds: best(timings, "ours")!.median });
    }
    growths.push({ size, exponent: fitExponent(points), points });
  }
  return growths;
}

/** Slope of the line through log time over log size by least squares. */
export function fitExponent(
  points: readonly { value: number; milliseconds: number }[],
): number {
  const x = points.map(({ value }) => Math.log(value));
  const y = points.map(({ milliseconds }) => Math.log(milliseconds));
  const meanX = x.reduce((a, b) => a + b) / x.length, meanY = y.reduce((a, b) => a + b) / y.length;
  const covariance = x.reduce((sum, value, i) => sum + (value - meanX) * (y[i] - meanY), 0);
  return covariance / x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
}

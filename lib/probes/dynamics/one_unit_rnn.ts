import { sigmoid } from "lib/kernels/reference/reference_cell.ts";
import { bisect } from "lib/probes/bisection.ts";

/** The two parameters of the one-unit network. */
export interface OneUnit {
  readonly w: number;
  readonly b: number;
}

/** Loss of the network and its gradient. */
export interface OneUnitLoss {
  readonly loss: number;
  readonly gradient: OneUnit;
}

const STEPS = 50;
const START = 0.5;
const TARGET = 0.7;

/**
 * Loss of the one-unit RNN x_t = w sigmoid(x_{t-1}) + b, from x_0 = 0.5, with loss (x_50 - 0.7)^2 and
 * no input (Pascanu, Mikolov, Bengio 2013, figure 6), and its gradient by the chain rule.
 */
export function oneUnitLoss({ w, b }: OneUnit): OneUnitLoss {
  let x = START;
  let byW = 0;
  let byB = 0;
  for (let step = 0; step < STEPS; step++) {
    const value = sigmoid(x);
    const slope = w * value * (1 - value);
    byW = value + slope * byW;
    byB = 1 + slope * byB;
    x = w * value + b;
  }
  const error = x - TARGET;
  return { loss: error ** 2, gradient: { w: 2 * error * byW, b: 2 * error * byB } };
}

/** A point of a descent: the parameters, their loss and the gradient's norm there. */
export interface DescentPoint extends OneUnit {
  readonly loss: number;
  readonly gradientNorm: number;
}

/** Gradient descent on the one-unit loss, clipped by norm if a threshold is given. */
export function oneUnitDescent(
  start: OneUnit,
  options: { learningRate: number; updates: number; maxGradientNorm?: number },
): DescentPoint[] {
  const { learningRate, updates, maxGradientNorm = Infinity } = options;
  const path: DescentPoint[] = [];
  let { w, b } = start;
  for (let update = 0; update <= updates; update++) {
    const { loss, gradient } = oneUnitLoss({ w, b });
    const gradientNorm = Math.hypot(gradient.w, gradient.b);
    path.push({ w, b, loss, gradientNorm });
    const scale = learningRate * Math.min(1, maxGradientNorm / gradientNorm);
    w -= scale * gradient.w;
    b -= scale * gradient.b;
  }
  return path;
}

/** Length of a descent's longest step in the plane of w and b. */
export function longestStep(path: readonly DescentPoint[]): number {
  const steps = path.slice(1).map(({ w, b }, i) => Math.hypot(w - path[i].w, b - path[i].b));
  return Math.max(...steps);
}

/** Number of fixed points x = w sigmoid(x) + b, counted as sign changes on a fine grid. */
export function fixedPointCount({ w, b }: OneUnit): number {
  const cells = 20_000;
  const [low, high] = [Math.min(0, w) + b - 1, Math.max(0, w) + b + 1];
  let count = 0;
  let before = low - w * sigmoid(low) - b;
  for (let i = 1; i <= cells; i++) {
    const x = low + (high - low) * i / cells;
    const now = x - w * sigmoid(x) - b;
    if ((now > 0) !== (before > 0)) count++;
    before = now;
  }
  return count;
}

/**
 * The two values of b between which the network has three fixed points instead of one.
 *
 * At each the curve w sigmoid(x) + b touches the diagonal: w sigmoid'(x) = 1, so
 * sigmoid(x) = (1 ± sqrt(1 - 4 / w)) / 2 and b = x - w sigmoid(x).
 *
 * @throws {RangeError} if w is not above 4: the slope never reaches 1 then.
 */
export function bifurcations(w: number): { lower: number; upper: number } {
  if (!(w > 4)) throw new RangeError(`Cannot find bifurcations: w must be above 4, got ${w}.`);
  const touching = [1, -1].map((sign) => {
    const value = (1 + sign * Math.sqrt(1 - 4 / w)) / 2;
    return Math.log(value / (1 - value)) - w * value;
  });
  return { lower: touching[0], upper: touching[1] };
}

/** The same two values, found by bisection on the number of fixed points alone. */
export function measuredBifurcations(w: number): { lower: number; upper: number } {
  const inside = -w / 2; // here the curve is symmetric about the diagonal
  const search = (outside: number) =>
    bisect((b) => fixedPointCount({ w, b }) > 1, { from: inside, to: outside, rounds: 40 });
  return { lower: search(inside - w), upper: search(inside + w) };
}

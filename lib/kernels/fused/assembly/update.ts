// Norm of the gradient and the optimisers, over blocks of the parameters. PyTorch's update rules.
import { Optimizer, Plan } from "../plan_layout";
import { address, real, size } from "./plan";
import { multiplyAdd } from "./vector_math";

/** Words per block. */
const BLOCK = 8192;

// @ts-ignore: decorator
@inline
export function blockCount(): i32 {
  return (size(Plan.ParameterWords) + BLOCK - 1) / BLOCK;
}

/** Adds the groups' gradients up into the first, and takes the block's sum of squares. */
export function normBlock(block: i32): void {
  const first = <usize>(block * BLOCK) << 2;
  const last = min<usize>(first + (BLOCK << 2), address(Plan.ParameterWords) << 2);
  const gradients = address(Plan.Gradients), stride = address(Plan.GradientStride);
  const groups = size(Plan.Sliced) ? size(Plan.GroupCount) : 1;
  let low = f64x2.splat(0), high = f64x2.splat(0);
  for (let at = gradients + first; at < gradients + last; at += 16) {
    let sum = v128.load(at);
    for (let group = 1; group < groups; group++) {
      sum = f32x4.add(sum, v128.load(at + <usize>group * stride));
    }
    if (groups > 1) v128.store(at, sum);
    const a = f64x2.promote_low_f32x4(sum);
    const b = f64x2.promote_low_f32x4(v128.shuffle<f32>(sum, sum, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  const total = f64x2.add(low, high);
  const sum = f64x2.extract_lane(total, 0) + f64x2.extract_lane(total, 1);
  store<f64>(address(Plan.NormPartials) + (<usize>block << 3), sum);
}

/** Global norm from the blocks' sums, always in the same order. */
export function globalNorm(): f64 {
  let sum: f64 = 0;
  for (let block = 0; block < blockCount(); block++) {
    sum += load<f64>(address(Plan.NormPartials) + (<usize>block << 3));
  }
  return sqrt<f64>(sum);
}

/** The factor by which clipping scales the gradient; a maximum of 0 stands for none. */
function clipFactor(): f32 {
  const largest = <f64>real(Plan.MaxGradientNorm);
  if (largest == 0) return 1;
  const factor = largest / (globalNorm() + 1e-6);
  return factor < 1 ? <f32>factor : 1;
}

export function updateBlock(block: i32): void {
  const first = <usize>(block * BLOCK) << 2;
  const last = min<usize>(first + (BLOCK << 2), address(Plan.ParameterWords) << 2);
  const clip = f32x4.splat(clipFactor());
  const decay = f32x4.splat(real(Plan.WeightDecay));
  const kind = size(Plan.Optimizer);
  const rate = f32x4.splat(real(Plan.LearningRate));
  const epsilon = f32x4.splat(real(Plan.Epsilon));
  let gradient = address(Plan.Gradients) + first;
  let parameter = address(Plan.Parameters) + first;
  let moment = address(Plan.Moments) + first;
  let square = address(Plan.Squares) + first;
  for (const end = address(Plan.Parameters) + last; parameter < end; parameter += 16) {
    const value = v128.load(parameter);
    const g = multiplyAdd(decay, value, f32x4.mul(v128.load(gradient), clip));
    let change = g, speed = rate;
    if (kind == Optimizer.Momentum) {
      change = multiplyAdd(f32x4.splat(real(Plan.Momentum)), v128.load(moment), g);
      v128.store(moment, change);
    } else if (kind == Optimizer.Adagrad) {
      const sum = multiplyAdd(g, g, v128.load(square));
      v128.store(square, sum);
      change = f32x4.div(g, f32x4.add(f32x4.sqrt(sum), epsilon));
    } else if (kind == Optimizer.Rmsprop) {
      const mean = blend(real(Plan.Smoothing), v128.load(square), f32x4.mul(g, g));
      v128.store(square, mean);
      change = f32x4.div(g, f32x4.add(f32x4.sqrt(mean), epsilon));
    } else if (kind == Optimizer.Adam) {
      const mean = blend(real(Plan.Beta1), v128.load(moment), g);
      const variance = blend(real(Plan.Beta2), v128.load(square), f32x4.mul(g, g));
      v128.store(moment, mean);
      v128.store(square, variance);
      const root = f32x4.div(f32x4.sqrt(variance), f32x4.splat(real(Plan.SecondMomentRoot)));
      change = f32x4.div(mean, f32x4.add(root, epsilon));
      speed = f32x4.splat(real(Plan.StepSize));
    }
    v128.store(parameter, f32x4.sub(value, f32x4.mul(speed, change)));
    gradient += 16;
    moment += 16;
    square += 16;
  }
}

// @ts-ignore: decorator
@inline
function blend(keep: f32, old: v128, recent: v128): v128 {
  return multiplyAdd(f32x4.splat(keep), old, f32x4.mul(f32x4.splat(1 - keep), recent));
}

// Elementwise functions on four floats at a time.
import { Address } from "../plan_layout";

/** a * b + c, rounded once where the build and the engine can. */
// @ts-ignore: decorator
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** 1 if the engine rounds a multiply-add once: 2^-24 is lost when the product is rounded first. */
export function roundsOnce(a: f32, c: f32): i32 {
  const result = multiplyAdd(f32x4.splat(a), f32x4.splat(a), f32x4.splat(c));
  return f32x4.extract_lane(result, 0) != 0 ? 1 : 0;
}

/** Places of the constants below in their table. */
enum Constant {
  Bound,
  MinusBound,
  One,
  Half,
  Top0,
  Top1,
  Top2,
  Top3,
  Top4,
  Top5,
  Bottom0,
  Bottom1,
  Bottom2,
  Least,
  PerDoubling,
  DoublingHigh,
  DoublingLow,
  Power0,
  Power1,
  Power2,
  Power3,
  Power4,
  WideBound,
  MinusWideBound,
  WideTop0,
  WideTop1,
  WideTop2,
  WideTop3,
  WideTop4,
  WideTop5,
  WideBottom0,
  WideBottom1,
  WideBottom2,
}

/**
 * A constant from memory. The engine makes a literal anew at every use, in three instructions; a
 * load from a known address is one.
 */
// @ts-ignore: decorator
@inline
function constant(index: Constant): v128 {
  return v128.load32_splat(<usize>Address.Constants + (<usize>index << 4));
}

function keep(index: Constant, value: f32): void {
  v128.store(<usize>Address.Constants + (<usize>index << 4), f32x4.splat(value));
}

/** Fills the table of constants; once for a memory. */
export function prepare(): void {
  keep(Constant.Bound, 8);
  keep(Constant.MinusBound, -8);
  keep(Constant.One, 1);
  keep(Constant.Half, 0.5);
  keep(Constant.Top0, 0.9999999812270265);
  keep(Constant.Top1, 0.12979269411505023);
  keep(Constant.Top2, 0.002985911324496312);
  keep(Constant.Top3, 9.879111576331351e-6);
  keep(Constant.Top4, -1.4705582926735613e-8);
  keep(Constant.Top5, 2.351213542101118e-11);
  keep(Constant.Bottom0, 0.46312585515883015);
  keep(Constant.Bottom1, 0.024028126900381665);
  keep(Constant.Bottom2, 0.00023721006319521118);
  keep(Constant.Least, -87);
  keep(Constant.PerDoubling, 1.4426950408889634);
  keep(Constant.DoublingHigh, -0.693359375);
  keep(Constant.DoublingLow, 2.12194440e-4);
  keep(Constant.Power0, 1.0 / 5040);
  keep(Constant.Power1, 1.0 / 720);
  keep(Constant.Power2, 1.0 / 120);
  keep(Constant.Power3, 1.0 / 24);
  keep(Constant.Power4, 1.0 / 6);
  keep(Constant.WideBound, 16);
  keep(Constant.MinusWideBound, -16);
  keep(Constant.WideTop0, 0.9999999812270265 / 4);
  keep(Constant.WideTop1, 0.12979269411505023 / 16);
  keep(Constant.WideTop2, 0.002985911324496312 / 64);
  keep(Constant.WideTop3, 9.879111576331351e-6 / 256);
  keep(Constant.WideTop4, -1.4705582926735613e-8 / 1024);
  keep(Constant.WideTop5, 2.351213542101118e-11 / 4096);
  keep(Constant.WideBottom0, 0.46312585515883015 / 4);
  keep(Constant.WideBottom1, 0.024028126900381665 / 16);
  keep(Constant.WideBottom2, 0.00023721006319521118 / 64);
}

/** 1 in all lanes. */
// @ts-ignore: decorator
@inline
export function one4(): v128 {
  return constant(Constant.One);
}

/**
 * tanh x = x P(x^2) / Q(x^2) on [-8, 8], constant beyond. Coefficients: minimax in the relative
 * error (Lawson iteration on the linearised problem), 2e-8 in exact and 3e-7 in single precision.
 */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const low = f32x4.pmin(x, constant(Constant.Bound));
  const bounded = f32x4.pmax(low, constant(Constant.MinusBound));
  const square = f32x4.mul(bounded, bounded);
  let top = multiplyAdd(constant(Constant.Top5), square, constant(Constant.Top4));
  top = multiplyAdd(top, square, constant(Constant.Top3));
  top = multiplyAdd(top, square, constant(Constant.Top2));
  top = multiplyAdd(top, square, constant(Constant.Top1));
  top = multiplyAdd(top, square, constant(Constant.Top0));
  let bottom = multiplyAdd(constant(Constant.Bottom2), square, constant(Constant.Bottom1));
  bottom = multiplyAdd(bottom, square, constant(Constant.Bottom0));
  bottom = multiplyAdd(bottom, square, constant(Constant.One));
  return f32x4.div(f32x4.mul(bounded, top), bottom);
}

/** The logistic function, 1/2 + tanh(x / 2) / 2, its halves part of the coefficients. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const low = f32x4.pmin(x, constant(Constant.WideBound));
  const bounded = f32x4.pmax(low, constant(Constant.MinusWideBound));
  const square = f32x4.mul(bounded, bounded);
  let top = multiplyAdd(constant(Constant.WideTop5), square, constant(Constant.WideTop4));
  top = multiplyAdd(top, square, constant(Constant.WideTop3));
  top = multiplyAdd(top, square, constant(Constant.WideTop2));
  top = multiplyAdd(top, square, constant(Constant.WideTop1));
  top = multiplyAdd(top, square, constant(Constant.WideTop0));
  let bottom = multiplyAdd(constant(Constant.WideBottom2), square, constant(Constant.WideBottom1));
  bottom = multiplyAdd(bottom, square, constant(Constant.WideBottom0));
  bottom = multiplyAdd(bottom, square, constant(Constant.One));
  return f32x4.add(f32x4.div(f32x4.mul(bounded, top), bottom), constant(Constant.Half));
}

/** e^x for x <= 0, as 2^n e^r with |r| <= ln(2) / 2 and e^r by its Taylor series; 0 below -87. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const bounded = f32x4.pmax(x, constant(Constant.Least));
  const whole = f32x4.nearest(f32x4.mul(bounded, constant(Constant.PerDoubling)));
  let rest = multiplyAdd(whole, constant(Constant.DoublingHigh), bounded);
  rest = multiplyAdd(whole, constant(Constant.DoublingLow), rest);
  let power = multiplyAdd(constant(Constant.Power0), rest, constant(Constant.Power1));
  power = multiplyAdd(power, rest, constant(Constant.Power2));
  power = multiplyAdd(power, rest, constant(Constant.Power3));
  power = multiplyAdd(power, rest, constant(Constant.Power4));
  power = multiplyAdd(power, rest, constant(Constant.Half));
  power = multiplyAdd(power, rest, constant(Constant.One));
  power = multiplyAdd(power, rest, constant(Constant.One));
  const exponent = i32x4.shl(i32x4.trunc_sat_f32x4_s(whole), 23);
  // NaN stays NaN: it is not below the least.
  return v128.andnot(i32x4.add(power, exponent), f32x4.lt(x, constant(Constant.Least)));
}

/** The same for two doubles, to their last bits; 0 below -708. */
export function exp2(x: v128): v128 {
  const bounded = f64x2.pmax(x, f64x2.splat(-708));
  const whole = f64x2.nearest(f64x2.mul(bounded, f64x2.splat(1.4426950408889634)));
  // ln 2 in two parts, of which the first times a whole number is exact.
  let rest = f64x2.sub(bounded, f64x2.mul(whole, f64x2.splat(0.6931471803691238)));
  rest = f64x2.sub(rest, f64x2.mul(whole, f64x2.splat(1.9082149292705877e-10)));
  let power = f64x2.splat(1.0 / 6227020800);
  power = f64x2.add(f64x2.mul(power, rest), f64x2.splat(1.0 / 479001600));
  power = f64x2.add(f64x2.mul(power, rest), f64x2.splat(1.0 / 39916800));
  power = f64x2.add(f64x2.mul(power, rest), f64x2.splat(1.0 / 3628800));
  power = f64x2.add(f64x2.mul(power, rest), f64x2.splat(1.0 / 362880));
  power = f64x2.add(f64x2.mul(power, rest), f64x2.splat(1.0 / 40320));
  power = f64x2.add(f64x2.mul(power, rest), f64x2.splat(1.0 / 5040));
  power = f64x2.add(f64x2.mul(power, rest), f64x2.splat(1.0 / 720));
  power = f64x2.add(f64x2.mul(power, rest), f64x2.splat(1.0 / 120));
  power = f64x2.add(f64x2.mul(power, rest), f64x2.splat(1.0 / 24));
  power = f64x2.add(f64x2.mul(power, rest), f64x2.splat(1.0 / 6));
  power = f64x2.add(f64x2.mul(power, rest), f64x2.splat(0.5));
  power = f64x2.add(f64x2.mul(power, rest), f64x2.splat(1));
  power = f64x2.add(f64x2.mul(power, rest), f64x2.splat(1));
  const doublings = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(whole));
  const scaled = i64x2.add(power, i64x2.shl(doublings, 52));
  return v128.andnot(scaled, f64x2.lt(x, f64x2.splat(-708)));
}

/** ln x for a normal x > 0: the exponent's share, and 2 artanh((m - 1) / (m + 1)) of the mantissa. */
export function logarithm(x: f64): f64 {
  const bits = reinterpret<u64>(x);
  let exponent = <i32>((bits >> 52) & 0x7ff) - 1023;
  let mantissa = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (mantissa > 1.4142135623730951) {
    mantissa *= 0.5;
    exponent++;
  }
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let series: f64 = 1.0 / 17;
  series = series * square + 1.0 / 15;
  series = series * square + 1.0 / 13;
  series = series * square + 1.0 / 11;
  series = series * square + 1.0 / 9;
  series = series * square + 1.0 / 7;
  series = series * square + 1.0 / 5;
  series = series * square + 1.0 / 3;
  series = series * square + 1;
  return 2 * s * series + <f64>exponent * 0.6931471805599453;
}

/** Sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function sumLanes(x: v128): f32 {
  return (f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1)) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

/** Largest of the four lanes. */
// @ts-ignore: decorator
@inline
export function maxLane(x: v128): f32 {
  return max<f32>(
    max<f32>(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max<f32>(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

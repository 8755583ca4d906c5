// Elementwise functions on four floats at a time.

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

/**
 * tanh x = x P(x^2) / Q(x^2) on [-8, 8], constant beyond. Coefficients: minimax in the relative
 * error (Lawson iteration on the linearised problem), 2e-8 in exact and 3e-7 in single precision.
 */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const bounded = f32x4.max(f32x4.min(x, f32x4.splat(8)), f32x4.splat(-8));
  const square = f32x4.mul(bounded, bounded);
  let top = f32x4.splat(2.351213542101118e-11);
  top = multiplyAdd(top, square, f32x4.splat(-1.4705582926735613e-8));
  top = multiplyAdd(top, square, f32x4.splat(9.879111576331351e-6));
  top = multiplyAdd(top, square, f32x4.splat(0.002985911324496312));
  top = multiplyAdd(top, square, f32x4.splat(0.12979269411505023));
  top = multiplyAdd(top, square, f32x4.splat(0.9999999812270265));
  let bottom = f32x4.splat(0.00023721006319521118);
  bottom = multiplyAdd(bottom, square, f32x4.splat(0.024028126900381665));
  bottom = multiplyAdd(bottom, square, f32x4.splat(0.46312585515883015));
  bottom = multiplyAdd(bottom, square, f32x4.splat(1));
  return f32x4.div(f32x4.mul(bounded, top), bottom);
}

/** The logistic function, 1/2 + tanh(x / 2) / 2. */
// @ts-ignore: decorator
@inline
export function sigmoid4(x: v128): v128 {
  const half = f32x4.splat(0.5);
  return multiplyAdd(half, tanh4(f32x4.mul(half, x)), half);
}

/** e^x for x <= 0, as 2^n e^r with |r| <= ln(2) / 2 and e^r by its Taylor series. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const bounded = f32x4.max(x, f32x4.splat(-87));
  const whole = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.4426950408889634)));
  let rest = multiplyAdd(whole, f32x4.splat(-0.693359375), bounded);
  rest = multiplyAdd(whole, f32x4.splat(2.12194440e-4), rest);
  let power = f32x4.splat(1.0 / 5040);
  power = multiplyAdd(power, rest, f32x4.splat(1.0 / 720));
  power = multiplyAdd(power, rest, f32x4.splat(1.0 / 120));
  power = multiplyAdd(power, rest, f32x4.splat(1.0 / 24));
  power = multiplyAdd(power, rest, f32x4.splat(1.0 / 6));
  power = multiplyAdd(power, rest, f32x4.splat(0.5));
  power = multiplyAdd(power, rest, f32x4.splat(1));
  power = multiplyAdd(power, rest, f32x4.splat(1));
  const exponent = i32x4.shl(i32x4.trunc_sat_f32x4_s(whole), 23);
  return i32x4.add(power, exponent);
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

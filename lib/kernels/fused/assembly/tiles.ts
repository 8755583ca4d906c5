// Tiles of a matrix product: C[rows, 8] (+)= A[rows, K] B[K, 8]. A is packed [k][row], B [k][8].
// Five rows by eight columns keep ten accumulators, two B and two A values in the registers, and
// take four loads for ten multiply-adds; loads cost most, since the engine checks their bounds.
import { multiplyAdd } from "./vector_math";

// @ts-ignore: decorator
@inline
function lane(x: v128, index: i32): v128 {
  if (index == 0) return v128.shuffle<f32>(x, x, 0, 0, 0, 0);
  if (index == 1) return v128.shuffle<f32>(x, x, 1, 1, 1, 1);
  if (index == 2) return v128.shuffle<f32>(x, x, 2, 2, 2, 2);
  return v128.shuffle<f32>(x, x, 3, 3, 3, 3);
}

/** All bits where a sum goes on from what is in C, none where it starts `fresh`. */
// @ts-ignore: decorator
@inline
export function keepUnless(fresh: bool): v128 {
  return i32x4.splat(fresh ? 0 : -1);
}

/** What a row's sums start from. Without a branch, which would keep an engine from joining registers. */
// @ts-ignore: decorator
@inline
export function start(c: usize, keep: v128): v128 {
  return v128.and(v128.load(c), keep);
}

/** The same for the next four columns. */
// @ts-ignore: decorator
@inline
export function startNext(c: usize, keep: v128): v128 {
  return v128.and(v128.load(c, 16), keep);
}

export function tile5(a: usize, b: usize, end: usize, c: usize, stride: usize, fresh: bool): void {
  const keep = keepUnless(fresh);
  const d1 = c + stride, d2 = d1 + stride, d3 = d2 + stride, d4 = d3 + stride;
  let c00 = start(c, keep), c01 = startNext(c, keep);
  let c10 = start(d1, keep), c11 = startNext(d1, keep);
  let c20 = start(d2, keep), c21 = startNext(d2, keep);
  let c30 = start(d3, keep), c31 = startNext(d3, keep);
  let c40 = start(d4, keep), c41 = startNext(d4, keep);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const a0 = v128.load(a);
    let s = lane(a0, 0);
    c00 = multiplyAdd(s, b0, c00);
    c01 = multiplyAdd(s, b1, c01);
    s = lane(a0, 1);
    c10 = multiplyAdd(s, b0, c10);
    c11 = multiplyAdd(s, b1, c11);
    s = lane(a0, 2);
    c20 = multiplyAdd(s, b0, c20);
    c21 = multiplyAdd(s, b1, c21);
    s = lane(a0, 3);
    c30 = multiplyAdd(s, b0, c30);
    c31 = multiplyAdd(s, b1, c31);
    s = v128.load32_splat(a, 16);
    c40 = multiplyAdd(s, b0, c40);
    c41 = multiplyAdd(s, b1, c41);
    a += 20;
    b += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(d1, c10);
  v128.store(d1, c11, 16);
  v128.store(d2, c20);
  v128.store(d2, c21, 16);
  v128.store(d3, c30);
  v128.store(d3, c31, 16);
  v128.store(d4, c40);
  v128.store(d4, c41, 16);
}

export function tile4(a: usize, b: usize, end: usize, c: usize, stride: usize, fresh: bool): void {
  const keep = keepUnless(fresh);
  const d1 = c + stride, d2 = d1 + stride, d3 = d2 + stride;
  let c00 = start(c, keep), c01 = startNext(c, keep);
  let c10 = start(d1, keep), c11 = startNext(d1, keep);
  let c20 = start(d2, keep), c21 = startNext(d2, keep);
  let c30 = start(d3, keep), c31 = startNext(d3, keep);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const a0 = v128.load(a);
    let s = lane(a0, 0);
    c00 = multiplyAdd(s, b0, c00);
    c01 = multiplyAdd(s, b1, c01);
    s = lane(a0, 1);
    c10 = multiplyAdd(s, b0, c10);
    c11 = multiplyAdd(s, b1, c11);
    s = lane(a0, 2);
    c20 = multiplyAdd(s, b0, c20);
    c21 = multiplyAdd(s, b1, c21);
    s = lane(a0, 3);
    c30 = multiplyAdd(s, b0, c30);
    c31 = multiplyAdd(s, b1, c31);
    a += 16;
    b += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(d1, c10);
  v128.store(d1, c11, 16);
  v128.store(d2, c20);
  v128.store(d2, c21, 16);
  v128.store(d3, c30);
  v128.store(d3, c31, 16);
}

export function tile3(a: usize, b: usize, end: usize, c: usize, stride: usize, fresh: bool): void {
  tile2(a, b, end, c, stride, fresh, 12);
  tile1(a + 8, b, end, c + 2 * stride, fresh, 12);
}

/** `step`: bytes from one k to the next in A. */
export function tile2(
  a: usize,
  b: usize,
  end: usize,
  c: usize,
  stride: usize,
  fresh: bool,
  step: usize,
): void {
  const keep = keepUnless(fresh);
  const d1 = c + stride;
  let c00 = start(c, keep), c01 = startNext(c, keep);
  let c10 = start(d1, keep), c11 = startNext(d1, keep);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let s = v128.load32_splat(a);
    c00 = multiplyAdd(s, b0, c00);
    c01 = multiplyAdd(s, b1, c01);
    s = v128.load32_splat(a, 4);
    c10 = multiplyAdd(s, b0, c10);
    c11 = multiplyAdd(s, b1, c11);
    a += step;
    b += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(d1, c10);
  v128.store(d1, c11, 16);
}

export function tile1(a: usize, b: usize, end: usize, c: usize, fresh: bool, step: usize): void {
  const keep = keepUnless(fresh);
  let c00 = start(c, keep), c01 = startNext(c, keep);
  while (b < end) {
    const s = v128.load32_splat(a);
    c00 = multiplyAdd(s, v128.load(b), c00);
    c01 = multiplyAdd(s, v128.load(b, 16), c01);
    a += step;
    b += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
}

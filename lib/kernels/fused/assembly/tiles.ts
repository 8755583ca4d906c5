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

// @ts-ignore: decorator
@inline
function start(c: usize, fresh: bool): v128 {
  return fresh ? f32x4.splat(0) : v128.load(c);
}

export function tile5(a: usize, b: usize, end: usize, c: usize, stride: usize, fresh: bool): void {
  const d1 = c + stride, d2 = d1 + stride, d3 = d2 + stride, d4 = d3 + stride;
  let c00 = start(c, fresh), c01 = start(c + 16, fresh);
  let c10 = start(d1, fresh), c11 = start(d1 + 16, fresh);
  let c20 = start(d2, fresh), c21 = start(d2 + 16, fresh);
  let c30 = start(d3, fresh), c31 = start(d3 + 16, fresh);
  let c40 = start(d4, fresh), c41 = start(d4 + 16, fresh);
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
  const d1 = c + stride, d2 = d1 + stride, d3 = d2 + stride;
  let c00 = start(c, fresh), c01 = start(c + 16, fresh);
  let c10 = start(d1, fresh), c11 = start(d1 + 16, fresh);
  let c20 = start(d2, fresh), c21 = start(d2 + 16, fresh);
  let c30 = start(d3, fresh), c31 = start(d3 + 16, fresh);
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
  const d1 = c + stride;
  let c00 = start(c, fresh), c01 = start(c + 16, fresh);
  let c10 = start(d1, fresh), c11 = start(d1 + 16, fresh);
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
  let c00 = start(c, fresh), c01 = start(c + 16, fresh);
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

/** One row by four panels of eight columns: enough independent sums to hide the latency. */
export function tile1Wide(
  a: usize,
  b: usize,
  panelBytes: usize,
  c: usize,
  cPanelStride: usize,
  fresh: bool,
): void {
  const d1 = c + cPanelStride, d2 = d1 + cPanelStride, d3 = d2 + cPanelStride;
  let p1 = b + panelBytes, p2 = p1 + panelBytes, p3 = p2 + panelBytes;
  const end = p1;
  let c00 = start(c, fresh), c01 = start(c + 16, fresh);
  let c10 = start(d1, fresh), c11 = start(d1 + 16, fresh);
  let c20 = start(d2, fresh), c21 = start(d2 + 16, fresh);
  let c30 = start(d3, fresh), c31 = start(d3 + 16, fresh);
  while (b < end) {
    const s = v128.load32_splat(a);
    c00 = multiplyAdd(s, v128.load(b), c00);
    c01 = multiplyAdd(s, v128.load(b, 16), c01);
    c10 = multiplyAdd(s, v128.load(p1), c10);
    c11 = multiplyAdd(s, v128.load(p1, 16), c11);
    c20 = multiplyAdd(s, v128.load(p2), c20);
    c21 = multiplyAdd(s, v128.load(p2, 16), c21);
    c30 = multiplyAdd(s, v128.load(p3), c30);
    c31 = multiplyAdd(s, v128.load(p3, 16), c31);
    a += 4;
    b += 32;
    p1 += 32;
    p2 += 32;
    p3 += 32;
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

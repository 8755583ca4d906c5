// Tiles of one row, for batches of one: several panels at a time, enough independent sums to hide
// the latency of a multiply-add.
import { keepUnless, start, startNext } from "./tiles";
import { multiplyAdd } from "./vector_math";

/** One row by six panels of eight columns, each [depth, 8]. */
export function row6(
  a: usize,
  b: usize,
  panelBytes: usize,
  c: usize,
  panelStride: usize,
  fresh: bool,
): void {
  const keep = keepUnless(fresh), end = b + panelBytes;
  const d1 = c + panelStride, d2 = d1 + panelStride, d3 = d2 + panelStride;
  const d4 = d3 + panelStride, d5 = d4 + panelStride;
  let p1 = end, p2 = p1 + panelBytes, p3 = p2 + panelBytes, p4 = p3 + panelBytes, p5 = p4 + panelBytes;
  let c00 = start(c, keep), c01 = startNext(c, keep);
  let c10 = start(d1, keep), c11 = startNext(d1, keep);
  let c20 = start(d2, keep), c21 = startNext(d2, keep);
  let c30 = start(d3, keep), c31 = startNext(d3, keep);
  let c40 = start(d4, keep), c41 = startNext(d4, keep);
  let c50 = start(d5, keep), c51 = startNext(d5, keep);
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
    c40 = multiplyAdd(s, v128.load(p4), c40);
    c41 = multiplyAdd(s, v128.load(p4, 16), c41);
    c50 = multiplyAdd(s, v128.load(p5), c50);
    c51 = multiplyAdd(s, v128.load(p5, 16), c51);
    a += 4;
    b += 32;
    p1 += 32;
    p2 += 32;
    p3 += 32;
    p4 += 32;
    p5 += 32;
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
  v128.store(d5, c50);
  v128.store(d5, c51, 16);
}

/** The same by four panels. */
export function row4(
  a: usize,
  b: usize,
  panelBytes: usize,
  c: usize,
  panelStride: usize,
  fresh: bool,
): void {
  const keep = keepUnless(fresh), end = b + panelBytes;
  const d1 = c + panelStride, d2 = d1 + panelStride, d3 = d2 + panelStride;
  let p1 = end, p2 = p1 + panelBytes, p3 = p2 + panelBytes;
  let c00 = start(c, keep), c01 = startNext(c, keep);
  let c10 = start(d1, keep), c11 = startNext(d1, keep);
  let c20 = start(d2, keep), c21 = startNext(d2, keep);
  let c30 = start(d3, keep), c31 = startNext(d3, keep);
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

/** The same by three panels. */
export function row3(
  a: usize,
  b: usize,
  panelBytes: usize,
  c: usize,
  panelStride: usize,
  fresh: bool,
): void {
  const keep = keepUnless(fresh), end = b + panelBytes;
  const d1 = c + panelStride, d2 = d1 + panelStride;
  let p1 = end, p2 = p1 + panelBytes;
  let c00 = start(c, keep), c01 = startNext(c, keep);
  let c10 = start(d1, keep), c11 = startNext(d1, keep);
  let c20 = start(d2, keep), c21 = startNext(d2, keep);
  while (b < end) {
    const s = v128.load32_splat(a);
    c00 = multiplyAdd(s, v128.load(b), c00);
    c01 = multiplyAdd(s, v128.load(b, 16), c01);
    c10 = multiplyAdd(s, v128.load(p1), c10);
    c11 = multiplyAdd(s, v128.load(p1, 16), c11);
    c20 = multiplyAdd(s, v128.load(p2), c20);
    c21 = multiplyAdd(s, v128.load(p2, 16), c21);
    a += 4;
    b += 32;
    p1 += 32;
    p2 += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(d1, c10);
  v128.store(d1, c11, 16);
  v128.store(d2, c20);
  v128.store(d2, c21, 16);
}

// Tiles of two panels, for engines that join two registers of four lanes to one of eight (see
// wide_registers.ts): ten sums of eight lanes. Without bounds to check, loads cost little.
import { keepUnless, start, startNext } from "./tiles";
import { multiplyAdd } from "./vector_math";

/** Five rows by two panels, each [depth, 8], `panelBytes` apart; those of C `panelStride`. */
export function pair5(
  a: usize,
  b: usize,
  panelBytes: usize,
  c: usize,
  stride: usize,
  panelStride: usize,
  fresh: bool,
): void {
  const keep = keepUnless(fresh), end = b + panelBytes;
  let p = end;
  const c1 = c + stride, c2 = c1 + stride, c3 = c2 + stride, c4 = c3 + stride;
  const d0 = c + panelStride, d1 = d0 + stride, d2 = d1 + stride, d3 = d2 + stride, d4 = d3 + stride;
  let c00 = start(c, keep), c01 = startNext(c, keep);
  let c10 = start(c1, keep), c11 = startNext(c1, keep);
  let c20 = start(c2, keep), c21 = startNext(c2, keep);
  let c30 = start(c3, keep), c31 = startNext(c3, keep);
  let c40 = start(c4, keep), c41 = startNext(c4, keep);
  let d00 = start(d0, keep), d01 = startNext(d0, keep);
  let d10 = start(d1, keep), d11 = startNext(d1, keep);
  let d20 = start(d2, keep), d21 = startNext(d2, keep);
  let d30 = start(d3, keep), d31 = startNext(d3, keep);
  let d40 = start(d4, keep), d41 = startNext(d4, keep);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const p0 = v128.load(p), p1 = v128.load(p, 16);
    let s = v128.load32_splat(a);
    c00 = multiplyAdd(s, b0, c00);
    c01 = multiplyAdd(s, b1, c01);
    d00 = multiplyAdd(s, p0, d00);
    d01 = multiplyAdd(s, p1, d01);
    s = v128.load32_splat(a, 4);
    c10 = multiplyAdd(s, b0, c10);
    c11 = multiplyAdd(s, b1, c11);
    d10 = multiplyAdd(s, p0, d10);
    d11 = multiplyAdd(s, p1, d11);
    s = v128.load32_splat(a, 8);
    c20 = multiplyAdd(s, b0, c20);
    c21 = multiplyAdd(s, b1, c21);
    d20 = multiplyAdd(s, p0, d20);
    d21 = multiplyAdd(s, p1, d21);
    s = v128.load32_splat(a, 12);
    c30 = multiplyAdd(s, b0, c30);
    c31 = multiplyAdd(s, b1, c31);
    d30 = multiplyAdd(s, p0, d30);
    d31 = multiplyAdd(s, p1, d31);
    s = v128.load32_splat(a, 16);
    c40 = multiplyAdd(s, b0, c40);
    c41 = multiplyAdd(s, b1, c41);
    d40 = multiplyAdd(s, p0, d40);
    d41 = multiplyAdd(s, p1, d41);
    a += 20;
    b += 32;
    p += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c1, c10);
  v128.store(c1, c11, 16);
  v128.store(c2, c20);
  v128.store(c2, c21, 16);
  v128.store(c3, c30);
  v128.store(c3, c31, 16);
  v128.store(c4, c40);
  v128.store(c4, c41, 16);
  v128.store(d0, d00);
  v128.store(d0, d01, 16);
  v128.store(d1, d10);
  v128.store(d1, d11, 16);
  v128.store(d2, d20);
  v128.store(d2, d21, 16);
  v128.store(d3, d30);
  v128.store(d3, d31, 16);
  v128.store(d4, d40);
  v128.store(d4, d41, 16);
}

/** The same for four rows. */
export function pair4(
  a: usize,
  b: usize,
  panelBytes: usize,
  c: usize,
  stride: usize,
  panelStride: usize,
  fresh: bool,
): void {
  const keep = keepUnless(fresh), end = b + panelBytes;
  let p = end;
  const c1 = c + stride, c2 = c1 + stride, c3 = c2 + stride;
  const d0 = c + panelStride, d1 = d0 + stride, d2 = d1 + stride, d3 = d2 + stride;
  let c00 = start(c, keep), c01 = startNext(c, keep);
  let c10 = start(c1, keep), c11 = startNext(c1, keep);
  let c20 = start(c2, keep), c21 = startNext(c2, keep);
  let c30 = start(c3, keep), c31 = startNext(c3, keep);
  let d00 = start(d0, keep), d01 = startNext(d0, keep);
  let d10 = start(d1, keep), d11 = startNext(d1, keep);
  let d20 = start(d2, keep), d21 = startNext(d2, keep);
  let d30 = start(d3, keep), d31 = startNext(d3, keep);
  while (b < end) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const p0 = v128.load(p), p1 = v128.load(p, 16);
    let s = v128.load32_splat(a);
    c00 = multiplyAdd(s, b0, c00);
    c01 = multiplyAdd(s, b1, c01);
    d00 = multiplyAdd(s, p0, d00);
    d01 = multiplyAdd(s, p1, d01);
    s = v128.load32_splat(a, 4);
    c10 = multiplyAdd(s, b0, c10);
    c11 = multiplyAdd(s, b1, c11);
    d10 = multiplyAdd(s, p0, d10);
    d11 = multiplyAdd(s, p1, d11);
    s = v128.load32_splat(a, 8);
    c20 = multiplyAdd(s, b0, c20);
    c21 = multiplyAdd(s, b1, c21);
    d20 = multiplyAdd(s, p0, d20);
    d21 = multiplyAdd(s, p1, d21);
    s = v128.load32_splat(a, 12);
    c30 = multiplyAdd(s, b0, c30);
    c31 = multiplyAdd(s, b1, c31);
    d30 = multiplyAdd(s, p0, d30);
    d31 = multiplyAdd(s, p1, d31);
    a += 16;
    b += 32;
    p += 32;
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(c1, c10);
  v128.store(c1, c11, 16);
  v128.store(c2, c20);
  v128.store(c2, c21, 16);
  v128.store(c3, c30);
  v128.store(c3, c31, 16);
  v128.store(d0, d00);
  v128.store(d0, d01, 16);
  v128.store(d1, d10);
  v128.store(d1, d11, 16);
  v128.store(d2, d20);
  v128.store(d2, d21, 16);
  v128.store(d3, d30);
  v128.store(d3, d31, 16);
}

// n = tanh(zn + r q), h' = n + z (h - n), q = h Un + bUn. A row holds the blocks n r z q, `width`
// bytes each: the columns of the input product are n r z, those of the recurrent product r z q.
import { sigmoidAll, tanhAll } from "./activations";
import { multiplyAdd, one4 } from "./vector_math";

export function gruForward(rows: i32, width: usize, z: usize, before: usize, h: usize): void {
  for (let row = 0; row < rows; row++) {
    const reset = z + width, update = reset + width, recurrent = update + width;
    sigmoidAll(reset, reset, 2 * width);
    for (let at: usize = 0; at < width; at += 16) {
      const kept = multiplyAdd(v128.load(reset + at), v128.load(recurrent + at), v128.load(z + at));
      v128.store(z + at, kept);
    }
    tanhAll(z, z, width);
    for (let at: usize = 0; at < width; at += 16) {
      const candidate = v128.load(z + at);
      const difference = f32x4.sub(v128.load(before + at), candidate);
      v128.store(h + at, multiplyAdd(v128.load(update + at), difference, candidate));
    }
    z = recurrent + width;
    before += width;
    h += width;
  }
}

/**
 * Turns the blocks in z into gradients of the pre-activations, and the block q into that of q. What
 * reaches the state before past the gates is added to `dBefore`, or stored there if `fresh`, unless
 * `dBefore` is 0.
 */
export function gruBackward(
  rows: i32,
  width: usize,
  z: usize,
  before: usize,
  dh: usize,
  dBefore: usize,
  fresh: bool,
): void {
  const one = one4();
  for (let row = 0; row < rows; row++) {
    for (const end = z + width; z < end; z += 16) {
      const candidate = v128.load(z);
      const reset = v128.load(z + width);
      const update = v128.load(z + 2 * width);
      const recurrent = v128.load(z + 3 * width);
      const upstream = v128.load(dh);
      const updateSlope = f32x4.mul(update, f32x4.sub(one, update));
      const resetSlope = f32x4.mul(reset, f32x4.sub(one, reset));
      const candidateSlope = f32x4.sub(one, f32x4.mul(candidate, candidate));
      const open = f32x4.mul(upstream, f32x4.sub(one, update));
      const dCandidate = f32x4.mul(open, candidateSlope);
      const difference = f32x4.sub(v128.load(before), candidate);
      v128.store(z, dCandidate);
      v128.store(z + width, f32x4.mul(f32x4.mul(dCandidate, recurrent), resetSlope));
      v128.store(z + 2 * width, f32x4.mul(f32x4.mul(upstream, difference), updateSlope));
      v128.store(z + 3 * width, f32x4.mul(dCandidate, reset));
      if (dBefore != 0) {
        const base = fresh ? f32x4.splat(0) : v128.load(dBefore);
        v128.store(dBefore, multiplyAdd(upstream, update, base));
        dBefore += 16;
      }
      before += 16;
      dh += 16;
    }
    z += 3 * width;
  }
}

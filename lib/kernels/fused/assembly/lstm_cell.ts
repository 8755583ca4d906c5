// c' = f c + i g, h = o tanh(c'). A row holds the blocks i f g o, `width` bytes each.
import { sigmoidAll, tanhAll } from "./activations";
import { multiplyAdd, one4 } from "./vector_math";

export function lstmForward(
  rows: i32,
  width: usize,
  z: usize,
  before: usize,
  c: usize,
  tanhC: usize,
  h: usize,
): void {
  for (let row = 0; row < rows; row++) {
    const forget = z + width, candidate = forget + width, output = candidate + width;
    sigmoidAll(z, z, 2 * width);
    tanhAll(candidate, candidate, width);
    sigmoidAll(output, output, width);
    for (let at: usize = 0; at < width; at += 16) {
      const written = f32x4.mul(v128.load(z + at), v128.load(candidate + at));
      v128.store(c + at, multiplyAdd(v128.load(forget + at), v128.load(before + at), written));
    }
    tanhAll(c, tanhC, width);
    for (let at: usize = 0; at < width; at += 16) {
      v128.store(h + at, f32x4.mul(v128.load(output + at), v128.load(tanhC + at)));
    }
    z = output + width;
    before += width;
    c += width;
    tanhC += width;
    h += width;
  }
}

/** Turns the gates in z into gradients, and `dc`, d loss / d c', into d loss / d c. */
export function lstmBackward(
  rows: i32,
  width: usize,
  z: usize,
  before: usize,
  tanhC: usize,
  dh: usize,
  dc: usize,
): void {
  const one = one4();
  for (let row = 0; row < rows; row++) {
    for (const end = z + width; z < end; z += 16) {
      const inputGate = v128.load(z);
      const forgetGate = v128.load(z + width);
      const candidate = v128.load(z + 2 * width);
      const outputGate = v128.load(z + 3 * width);
      const squashed = v128.load(tanhC);
      const upstream = v128.load(dh);
      const throughOutput = f32x4.mul(upstream, outputGate);
      const slope = f32x4.sub(one, f32x4.mul(squashed, squashed));
      const cell = multiplyAdd(throughOutput, slope, v128.load(dc));
      const outputSlope = f32x4.mul(outputGate, f32x4.sub(one, outputGate));
      const inputSlope = f32x4.mul(inputGate, f32x4.sub(one, inputGate));
      const forgetSlope = f32x4.mul(forgetGate, f32x4.sub(one, forgetGate));
      const candidateSlope = f32x4.sub(one, f32x4.mul(candidate, candidate));
      v128.store(z, f32x4.mul(f32x4.mul(cell, candidate), inputSlope));
      v128.store(z + width, f32x4.mul(f32x4.mul(cell, v128.load(before)), forgetSlope));
      v128.store(z + 2 * width, f32x4.mul(f32x4.mul(cell, inputGate), candidateSlope));
      v128.store(z + 3 * width, f32x4.mul(f32x4.mul(upstream, squashed), outputSlope));
      v128.store(dc, f32x4.mul(cell, forgetGate));
      before += 16;
      tanhC += 16;
      dh += 16;
      dc += 16;
    }
    z += 3 * width;
  }
}

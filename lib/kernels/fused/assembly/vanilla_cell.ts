// h = phi(z); dz = dh phi'(z), by the value of h.
import { Cell } from "../plan_layout";
import { sigmoidAll, tanhAll } from "./activations";
import { one4 } from "./vector_math";

/** `bytes`: of one block of rows of z, as of h. */
export function vanillaForward(cell: i32, bytes: usize, z: usize, h: usize): void {
  if (cell == Cell.Tanh) return tanhAll(z, h, bytes);
  if (cell == Cell.Sigmoid) return sigmoidAll(z, h, bytes);
  const zero = f32x4.splat(0);
  for (const end = z + bytes; z < end; z += 16, h += 16) {
    v128.store(h, f32x4.pmax(v128.load(z), zero));
  }
}

export function vanillaBackward(cell: i32, bytes: usize, h: usize, dh: usize, dz: usize): void {
  const end = dz + bytes;
  const one = one4();
  if (cell == Cell.Tanh) {
    for (; dz < end; dz += 16, h += 16, dh += 16) {
      const value = v128.load(h);
      const slope = f32x4.sub(one, f32x4.mul(value, value));
      v128.store(dz, f32x4.mul(v128.load(dh), slope));
    }
  } else if (cell == Cell.Relu) {
    const zero = f32x4.splat(0);
    for (; dz < end; dz += 16, h += 16, dh += 16) {
      v128.store(dz, v128.and(v128.load(dh), f32x4.gt(v128.load(h), zero)));
    }
  } else {
    for (; dz < end; dz += 16, h += 16, dh += 16) {
      const value = v128.load(h);
      const slope = f32x4.mul(value, f32x4.sub(one, value));
      v128.store(dz, f32x4.mul(v128.load(dh), slope));
    }
  }
}

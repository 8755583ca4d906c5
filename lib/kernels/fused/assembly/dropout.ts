// Dropout between layers. Whether an element is kept depends on the key, which the caller makes
// of the seed and the training step, and on the element's place; not on who computes it.
import { Plan } from "../plan_layout";
import { real, size } from "./plan";
import * as slice from "./slice";

/** Writes the kept elements, scaled, and zeros for the others; source and target may be the same. */
export function maskRows(target: usize, source: usize, layer: i32, time: i32): void {
  const width = size(Plan.HiddenPadded), batch = size(Plan.Batch);
  const scale = f32x4.splat(real(Plan.DropoutScale));
  const threshold = i32x4.splat(size(Plan.DropoutThreshold));
  const key = i32x4.splat(size(Plan.DropoutKey));
  const hidden = size(Plan.Hidden);
  for (let row = 0; row < slice.rows; row++) {
    const place = ((layer * size(Plan.TimeSteps) + time) * batch + slice.firstInBatch + row) *
      hidden;
    let counter = i32x4.add(i32x4.splat(place), i32x4(0, 1, 2, 3));
    for (let column = 0; column < width; column += 4, target += 16, source += 16) {
      const kept = i32x4.ge_u(mix(v128.xor(counter, key)), threshold);
      v128.store(target, v128.and(f32x4.mul(v128.load(source), scale), kept));
      counter = i32x4.add(counter, i32x4.splat(4));
    }
  }
}

/** MurmurHash3's finaliser. */
// @ts-ignore: decorator
@inline
function mix(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x85ebca6b));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 13)), i32x4.splat(0xc2b2ae35));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

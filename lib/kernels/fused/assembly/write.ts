// Writing: each token is drawn from the softmax of the outputs, and is the next input. The softmax
// is of double precision, as it is where a token is drawn outside the kernels.
import { Plan } from "../plan_layout";
import { forwardLayers } from "./forward";
import { outputRows } from "./output";
import { address, size } from "./plan";
import * as slice from "./slice";
import { exp2, logarithm } from "./vector_math";

/** Draws tokens for a batch of one until there are enough, or one cannot be drawn: its id is -1. */
export function writeTokens(): void {
  if (size(Plan.Sliced)) slice.setSlice(0);
  else slice.setWhole();
  const count = size(Plan.WrittenCount);
  const inverseTemperature = load<f64>(address(Plan.InverseTemperature));
  let draw = address(Plan.Draws), written = address(Plan.WrittenIds);
  let nats = address(Plan.WrittenNats);
  for (let i = 0; i < count; i++, draw += 8, written += 4, nats += 8) {
    forwardLayers();
    outputRows();
    const y = slice.outputsAt(0);
    const largest = largestOf(y);
    const total = powersOf(y, largest, 1);
    // A score that is no number, or an infinite one, makes the sum no number.
    const id = total > 0 ? drawToken(y, largest, inverseTemperature, total, load<f64>(draw)) : -1;
    store<i32>(written, id);
    if (id < 0) return;
    const score = <f64>load<f32>(y + (<usize>id << 2)) - <f64>largest;
    store<f64>(nats, logarithm(total) - score);
    store<i32>(address(Plan.InputIds), id);
  }
}

function largestOf(y: usize): f32 {
  let largest = -f32.MAX_VALUE;
  for (const end = y + (<usize>size(Plan.OutputSize) << 2); y < end; y += 4) {
    largest = max<f32>(largest, load<f32>(y));
  }
  return largest;
}

/** Keeps e^((y - largest) * inverseTemperature) of each token, and returns their sum. */
function powersOf(y: usize, largest: f32, inverseTemperature: f64): f64 {
  const shift = f64x2.splat(<f64>largest), factor = f64x2.splat(inverseTemperature);
  const count = size(Plan.OutputSize);
  const end = y + (<usize>size(Plan.OutputPadded) << 2);
  for (let to = address(Plan.Powers); y < end; y += 8, to += 16) {
    const scores = f64x2.promote_low_f32x4(v128.load64_zero(y));
    v128.store(to, exp2(f64x2.mul(f64x2.sub(scores, shift), factor)));
  }
  let sum: f64 = 0;
  for (let id = 0; id < count; id++) sum += powerOf(id);
  return sum;
}

// @ts-ignore: decorator
@inline
function powerOf(id: i32): f64 {
  return load<f64>(address(Plan.Powers) + (<usize>id << 3));
}

/** The token at `draw` of the cumulative sum of the powers; for a negative `draw` the likeliest. */
function drawToken(y: usize, largest: f32, inverseTemperature: f64, total: f64, draw: f64): i32 {
  if (draw < 0) {
    let id = 0;
    while (load<f32>(y + (<usize>id << 2)) != largest) id++;
    return id;
  }
  let rest = draw * (inverseTemperature == 1 ? total : powersOf(y, largest, inverseTemperature));
  let possible = -1;
  for (let id = 0; id < size(Plan.OutputSize); id++) {
    const power = powerOf(id);
    if (power == 0) continue;
    possible = id;
    rest -= power;
    if (rest < 0) return id;
  }
  return possible;
}

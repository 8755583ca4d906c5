// The linear output layer and the loss. Logits are overwritten by the loss's gradient.
import { Layer, Plan } from "../plan_layout";
import { BUDGET } from "./forward";
import { address, real, size } from "./plan";
import { multiplyGroups } from "./products";
import * as slice from "./slice";
import { exp4, logarithm, maxLane, sumLanes } from "./vector_math";

/** Outputs of every row of the slice: h W + b. */
export function outputRows(): void {
  if (slice.rows == 0) return;
  const width = size(Plan.HiddenPadded), outputWidth = size(Plan.OutputPadded);
  const times = size(Plan.TimeSteps), top = size(Plan.LayerCount) - 1;
  const rowBytes = <usize>outputWidth << 2;
  const bias = address(Plan.OutputStart);
  for (let time = 0; time < times; time++) {
    let y = slice.outputsAt(time);
    for (let row = 0; row < slice.rows; row++, y += rowBytes) memory.copy(y, bias, rowBytes);
  }
  multiplyGroups(
    slice.packedRows(),
    BUDGET,
    times,
    slice.rows,
    size(Plan.Hidden),
    slice.at(top, Layer.HiddenStates, 1, width),
    <usize>(slice.timeRows * width) << 2,
    <usize>width << 2,
    address(Plan.OutputWeights),
    outputWidth >> 3,
    slice.outputsAt(0),
    <usize>(slice.timeRows * outputWidth) << 2,
    rowBytes,
    false,
  );
}

/** Loss of every row; with `differentiate`, its gradient in place of the outputs. */
export function lossRows(differentiate: bool): void {
  const outputWidth = size(Plan.OutputPadded);
  const rowBytes = <usize>outputWidth << 2;
  const scale = real(Plan.LossScale);
  for (let time = 0; time < size(Plan.TimeSteps); time++) {
    let y = slice.outputsAt(time);
    let weight = slice.ofCaller(Plan.Mask, time, 1);
    let loss = slice.ofCaller(Plan.RowLosses, time, 1);
    let id = slice.ofCaller(Plan.TargetIds, time, 1);
    let value = slice.ofCaller(Plan.TargetValues, time, outputWidth);
    for (let row = 0; row < slice.rows; row++) {
      const factor = load<f32>(weight) * scale;
      if (size(Plan.SquaredError)) {
        store<f32>(loss, squaredErrorRow(y, value, factor, differentiate));
        value += rowBytes;
      } else {
        store<f32>(loss, crossEntropyRow(y, load<i32>(id), factor, differentiate));
        id += 4;
      }
      y += rowBytes;
      weight += 4;
      loss += 4;
    }
  }
}

function crossEntropyRow(y: usize, target: i32, factor: f32, differentiate: bool): f32 {
  const end = y + (<usize>size(Plan.OutputPadded) << 2);
  let largest4 = v128.load(y);
  for (let at = y + 16; at < end; at += 16) largest4 = f32x4.pmax(largest4, v128.load(at));
  const largest = maxLane(largest4);
  const targetAddress = y + (<usize>target << 2);
  const targetLogit = load<f32>(targetAddress) - largest;
  const shift = f32x4.splat(largest);
  let sum4 = f32x4.splat(0);
  for (let at = y; at < end; at += 16) {
    const power = exp4(f32x4.sub(v128.load(at), shift));
    sum4 = f32x4.add(sum4, power);
    if (differentiate) v128.store(at, power);
  }
  const sum = sumLanes(sum4);
  if (differentiate) {
    const scale = f32x4.splat(factor / sum);
    for (let at = y; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), scale));
    store<f32>(targetAddress, load<f32>(targetAddress) - factor);
  }
  return <f32>(logarithm(sum) - <f64>targetLogit);
}

function squaredErrorRow(y: usize, target: usize, factor: f32, differentiate: bool): f32 {
  const count = <usize>size(Plan.OutputSize) << 2;
  const share = factor * 2 / <f32>size(Plan.OutputSize);
  let sum: f64 = 0;
  for (let at: usize = 0; at < count; at += 4) {
    const difference = load<f32>(y + at) - load<f32>(target + at);
    sum += <f64>difference * <f64>difference;
    if (differentiate) store<f32>(y + at, difference * share);
  }
  return <f32>(sum / <f64>size(Plan.OutputSize));
}

/** Gradient of the top layer's states from that of the outputs. */
export function outputBackward(): void {
  if (slice.rows == 0) return;
  const width = size(Plan.HiddenPadded), outputWidth = size(Plan.OutputPadded);
  const top = size(Plan.LayerCount) - 1;
  multiplyGroups(
    slice.packedRows(),
    BUDGET,
    size(Plan.TimeSteps),
    slice.rows,
    outputWidth,
    slice.outputsAt(0),
    <usize>(slice.timeRows * outputWidth) << 2,
    <usize>outputWidth << 2,
    address(Plan.OutputWeightsTransposed),
    width >> 3,
    slice.at(top, Layer.HiddenGradients, 0, width),
    <usize>(slice.timeRows * width) << 2,
    <usize>width << 2,
    true,
  );
}

// Gradients of the weights: sums over the slice's rows of all time steps. Each is cut into jobs by
// columns, so that any thread may do any job and no sum depends on who did it.
import { Cell, Layer, Plan } from "../plan_layout";
import { layerInputs } from "./forward";
import { address, ofLayer, size } from "./plan";
import { multiplyOverRows } from "./products";
import * as slice from "./slice";

/** Most panels of eight columns per job, and the least that are worth packing A for. */
const MOST_PANELS = 32;
const LEAST_PANELS = 4;

/** Panels of one layer, or of the output layer (`layer` == layer count). */
function panelsOfLayer(layer: i32): i32 {
  const outputs = layer == size(Plan.LayerCount);
  return (outputs ? size(Plan.OutputPadded) : size(Plan.GateWidth)) >> 3;
}

/** Panels per job: equal jobs, at least one per thread, few enough to pack A seldom. */
function panelsPerJob(layer: i32): i32 {
  const panels = panelsOfLayer(layer);
  const jobs = max(size(Plan.Threads), (panels + MOST_PANELS - 1) / MOST_PANELS);
  return max(LEAST_PANELS, (panels + jobs - 1) / jobs);
}

/** Jobs for one layer, or for the output layer. */
export function jobsOfLayer(layer: i32): i32 {
  const each = panelsPerJob(layer);
  return (panelsOfLayer(layer) + each - 1) / each;
}

/** All gradients of the slice; `shift` is added to their addresses. */
export function allGradients(shift: usize, fresh: bool): void {
  for (let layer = 0; layer <= size(Plan.LayerCount); layer++) {
    const jobs = jobsOfLayer(layer);
    for (let job = 0; job < jobs; job++) gradientJob(layer, job, shift, fresh);
  }
}

/** One job of one layer. */
export function gradientJob(layer: i32, job: i32, shift: usize, fresh: bool): void {
  if (layer == size(Plan.LayerCount)) outputJob(job, shift, fresh);
  else layerJob(layer, job, shift, fresh);
}

/** Where the gradient of the parameter at `parameter` lies. */
// @ts-ignore: decorator
@inline
function gradientOf(parameter: usize, shift: usize): usize {
  return parameter - address(Plan.Parameters) + address(Plan.Gradients) + shift;
}

function outputJob(job: i32, shift: usize, fresh: bool): void {
  const width = size(Plan.HiddenPadded), outputWidth = size(Plan.OutputPadded);
  const each = panelsPerJob(size(Plan.LayerCount)), first = job * each;
  const panels = min(each, (outputWidth >> 3) - first);
  const rows = size(Plan.TimeSteps) * slice.rows, hidden = size(Plan.Hidden);
  const rowBytes = <usize>outputWidth << 2;
  const source = slice.outputsAt(0) + (<usize>first << 5);
  multiplyOverRows(
    slice.packedRows(),
    slice.packedPanels(),
    rows,
    slice.at(size(Plan.LayerCount) - 1, Layer.HiddenStates, 1, width),
    <usize>width << 2,
    hidden,
    source,
    rowBytes,
    panels,
    gradientOf(address(Plan.OutputWeights), shift) + (<usize>(first * hidden) << 5),
    fresh,
  );
  const bias = gradientOf(address(Plan.OutputBias), shift) + (<usize>first << 5);
  sumRows(bias, source, rowBytes, rows, panels, fresh);
}

function layerJob(layer: i32, job: i32, shift: usize, fresh: bool): void {
  const width = size(Plan.HiddenPadded), rowWidth = size(Plan.RowWidth);
  const gru = size(Plan.Cell) == Cell.Gru;
  const each = panelsPerJob(layer), first = job * each;
  const panels = min(each, (size(Plan.GateWidth) >> 3) - first);
  const rows = size(Plan.TimeSteps) * slice.rows, hidden = size(Plan.Hidden);
  const rowBytes = <usize>rowWidth << 2;
  const source = slice.at(layer, Layer.Rows, 0, rowWidth) + (<usize>first << 5);
  const recurrentSource = gru ? source + (<usize>width << 2) : source;
  const bias = gradientOf(ofLayer(layer, Layer.Bias), shift) + (<usize>first << 5);
  sumRows(bias, source, rowBytes, rows, panels, fresh);
  if (size(Plan.BiasesPerGate) == 2) {
    const recurrentBias = gradientOf(ofLayer(layer, Layer.RecurrentBias), shift);
    sumRows(recurrentBias + (<usize>first << 5), recurrentSource, rowBytes, rows, panels, fresh);
  }
  const tokens = layer == 0 && size(Plan.TokenInputs);
  const weights = gradientOf(ofLayer(layer, Layer.InputWeights), shift);
  if (tokens) scatterRows(weights + (<usize>first << 5), source, panels, fresh);
  const inputWidth = <usize>(layer == 0 ? size(Plan.InputPadded) : width) << 2;
  const inputs = layer == 0 ? size(Plan.InputSize) : hidden;
  const inputGradient = weights + (<usize>(first * inputs) << 5);
  // The GRU's candidate apart, both products are of the same gradients, packed once for both.
  const together = !tokens && !gru;
  multiplyOverRows(
    slice.packedRows(),
    slice.packedPanels(),
    rows,
    slice.at(layer, Layer.HiddenStates, 0, width),
    <usize>width << 2,
    hidden,
    recurrentSource,
    rowBytes,
    panels,
    gradientOf(ofLayer(layer, Layer.RecurrentWeights), shift) + (<usize>(first * hidden) << 5),
    fresh,
    together ? layerInputs(layer) : 0,
    inputWidth,
    inputs,
    inputGradient,
  );
  if (tokens || together) return;
  multiplyOverRows(
    slice.packedRows(),
    slice.packedPanels(),
    rows,
    layerInputs(layer),
    inputWidth,
    inputs,
    source,
    rowBytes,
    panels,
    inputGradient,
    fresh,
  );
}

/** Adds each row of the first layer to the row of the table that its token took. */
function scatterRows(target: usize, source: usize, panels: i32, fresh: bool): void {
  const gateBytes = <usize>size(Plan.GateWidth) << 2, rowBytes = <usize>size(Plan.RowWidth) << 2;
  const bytes = <usize>panels << 5;
  if (fresh) {
    for (let token = 0; token < size(Plan.InputSize); token++) {
      memory.fill(target + <usize>token * gateBytes, 0, bytes);
    }
  }
  for (let time = 0; time < size(Plan.TimeSteps); time++) {
    let id = slice.ofCaller(Plan.InputIds, time, 1);
    for (let row = 0; row < slice.rows; row++, id += 4, source += rowBytes) {
      const to = target + load<usize>(id) * gateBytes;
      for (let offset: usize = 0; offset < bytes; offset += 16) {
        const sum = f32x4.add(v128.load(to + offset), v128.load(source + offset));
        v128.store(to + offset, sum);
      }
    }
  }
}

/** Sums of columns over `rows` rows, four panels at a time where there are as many. */
function sumRows(
  target: usize,
  source: usize,
  stride: usize,
  rows: i32,
  panels: i32,
  fresh: bool,
): void {
  if (fresh) memory.fill(target, 0, <usize>panels << 5);
  let p = 0;
  for (; p + 4 <= panels; p += 4, target += 128, source += 128) {
    let s0 = v128.load(target), s1 = v128.load(target, 16);
    let s2 = v128.load(target, 32), s3 = v128.load(target, 48);
    let s4 = v128.load(target, 64), s5 = v128.load(target, 80);
    let s6 = v128.load(target, 96), s7 = v128.load(target, 112);
    let from = source;
    for (let row = 0; row < rows; row++, from += stride) {
      s0 = f32x4.add(s0, v128.load(from));
      s1 = f32x4.add(s1, v128.load(from, 16));
      s2 = f32x4.add(s2, v128.load(from, 32));
      s3 = f32x4.add(s3, v128.load(from, 48));
      s4 = f32x4.add(s4, v128.load(from, 64));
      s5 = f32x4.add(s5, v128.load(from, 80));
      s6 = f32x4.add(s6, v128.load(from, 96));
      s7 = f32x4.add(s7, v128.load(from, 112));
    }
    v128.store(target, s0);
    v128.store(target, s1, 16);
    v128.store(target, s2, 32);
    v128.store(target, s3, 48);
    v128.store(target, s4, 64);
    v128.store(target, s5, 80);
    v128.store(target, s6, 96);
    v128.store(target, s7, 112);
  }
  for (; p < panels; p++, target += 32, source += 32) {
    let low = v128.load(target), high = v128.load(target, 16);
    let from = source;
    for (let row = 0; row < rows; row++, from += stride) {
      low = f32x4.add(low, v128.load(from));
      high = f32x4.add(high, v128.load(from, 16));
    }
    v128.store(target, low);
    v128.store(target, high, 16);
  }
}

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
/** Rows that a product and the sums beside it take at a time. */
const CHUNK = 256;

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
    gradientOf(address(Plan.OutputBias), shift) + (<usize>first << 5),
  );
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
  const both = size(Plan.BiasesPerGate) == 2;
  const recurrentBias = both
    ? gradientOf(ofLayer(layer, Layer.RecurrentBias), shift) + (<usize>first << 5)
    : 0;
  const tokens = layer == 0 && size(Plan.TokenInputs);
  const weights = gradientOf(ofLayer(layer, Layer.InputWeights), shift);
  const inputWidth = <usize>(layer == 0 ? size(Plan.InputPadded) : width) << 2;
  const inputs = layer == 0 ? size(Plan.InputSize) : hidden;
  const inputGradient = weights + (<usize>(first * inputs) << 5);
  // The GRU's candidate apart, both products are of the same gradients, packed once for both.
  const together = !tokens && !gru;
  const table = weights + (<usize>first << 5);
  if (tokens && fresh) clearTable(table, panels);
  const states = slice.at(layer, Layer.HiddenStates, 0, width);
  for (let row = 0; row < rows; row += CHUNK) {
    const count = min(CHUNK, rows - row);
    const skipped = <usize>row * rowBytes;
    multiplyOverRows(
      slice.packedRows(),
      slice.packedPanels(),
      count,
      states + (<usize>(row * width) << 2),
      <usize>width << 2,
      hidden,
      recurrentSource + skipped,
      rowBytes,
      panels,
      gradientOf(ofLayer(layer, Layer.RecurrentWeights), shift) + (<usize>(first * hidden) << 5),
      fresh && row == 0,
      gru ? recurrentBias : bias,
      together ? layerInputs(layer) + <usize>row * inputWidth : 0,
      inputWidth,
      inputs,
      inputGradient,
    );
    if (tokens) scatterRows(table, source + skipped, panels, row, count);
  }
  if (!gru && both) memory.copy(recurrentBias, bias, <usize>panels << 5);
  // Each row went to one token: the tokens' rows add up to the bias's gradient.
  if (tokens && gru) sumTable(bias, table, panels);
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
    bias,
  );
}

/** Sets the table's gradient to zero. */
function clearTable(target: usize, panels: i32): void {
  const gateBytes = <usize>size(Plan.GateWidth) << 2;
  for (let token = 0; token < size(Plan.InputSize); token++, target += gateBytes) {
    memory.fill(target, 0, <usize>panels << 5);
  }
}

/**
 * Adds rows of the first layer, from row `first` of the slice on, to the rows of the table that their
 * tokens took. A few at a time, while they are still in the cache.
 */
function scatterRows(target: usize, source: usize, panels: i32, first: i32, count: i32): void {
  const gateBytes = <usize>size(Plan.GateWidth) << 2, rowBytes = <usize>size(Plan.RowWidth) << 2;
  const bytes = <usize>panels << 5;
  let time = first / slice.rows, row = first - time * slice.rows;
  let ids = slice.ofCaller(Plan.InputIds, time, 1);
  for (let i = 0; i < count; i++, source += rowBytes) {
    let to = target + load<usize>(ids + (<usize>row << 2)) * gateBytes;
    let from = source;
    for (const end = from + bytes; from < end; from += 32, to += 32) {
      v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
      v128.store(to, f32x4.add(v128.load(to, 16), v128.load(from, 16)), 16);
    }
    if (++row == slice.rows) {
      row = 0;
      ids = slice.ofCaller(Plan.InputIds, ++time, 1);
    }
  }
}

/** Sums of the columns of the table's gradient. */
function sumTable(target: usize, table: usize, panels: i32): void {
  const stride = <usize>size(Plan.GateWidth) << 2;
  for (const end = target + (<usize>panels << 5); target < end; target += 16, table += 16) {
    let sum = f32x4.splat(0);
    let from = table;
    for (let token = 0; token < size(Plan.InputSize); token++, from += stride) {
      sum = f32x4.add(sum, v128.load(from));
    }
    v128.store(target, sum);
  }
}

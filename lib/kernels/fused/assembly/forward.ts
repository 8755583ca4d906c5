import { Cell, Layer, Plan } from "../plan_layout";
import { maskRows } from "./dropout";
import { gruForward } from "./gru_cell";
import { lstmForward } from "./lstm_cell";
import { packRows } from "./packing";
import { ofLayer, size } from "./plan";
import { multiplyPacked } from "./panel_products";
import { multiplyGroups } from "./products";
import * as slice from "./slice";
import { vanillaForward } from "./vanilla_cell";

/** Bytes of A packed at a time in a product over several time steps. */
export const BUDGET: usize = 98304;

/** All layers over the whole window, from the carried state to the state it ends in. */
export function forwardLayers(): void {
  if (slice.rows == 0) return;
  for (let layer = 0; layer < size(Plan.LayerCount); layer++) {
    takeState(layer, Layer.StateHidden, Layer.HiddenStates);
    if (size(Plan.Cell) == Cell.Lstm) takeState(layer, Layer.StateCell, Layer.CellStates);
    if (layer > 0 || !size(Plan.TokenInputs)) inputProduct(layer);
    for (let time = 0; time < size(Plan.TimeSteps); time++) forwardStep(layer, time);
    keepState(layer, Layer.StateHidden, Layer.HiddenStates);
    if (size(Plan.Cell) == Cell.Lstm) keepState(layer, Layer.StateCell, Layer.CellStates);
  }
}

/** Address of the slice's rows in an array [batch, hidden] of a layer. */
// @ts-ignore: decorator
@inline
export function stateRows(layer: i32, field: Layer): usize {
  return ofLayer(layer, field) + (<usize>(slice.firstInBatch * size(Plan.HiddenPadded)) << 2);
}

function takeState(layer: i32, state: Layer, buffer: Layer): void {
  const width = size(Plan.HiddenPadded);
  const bytes = <usize>(slice.rows * width) << 2;
  memory.copy(slice.at(layer, buffer, 0, width), stateRows(layer, state), bytes);
}

function keepState(layer: i32, state: Layer, buffer: Layer): void {
  const width = size(Plan.HiddenPadded);
  const bytes = <usize>(slice.rows * width) << 2;
  const last = slice.at(layer, buffer, size(Plan.TimeSteps), width);
  memory.copy(stateRows(layer, state), last, bytes);
}

/** Starts every row of the layer with x W + b, where x are real vectors. */
function inputProduct(layer: i32): void {
  const times = size(Plan.TimeSteps), rowWidth = size(Plan.RowWidth);
  const width = layer == 0 ? size(Plan.InputPadded) : size(Plan.HiddenPadded);
  const depth = layer == 0 ? size(Plan.InputSize) : size(Plan.Hidden);
  if (layer > 0 && slice.dropping) dropInputs(layer);
  const inputs = layerInputs(layer);
  const rowBytes = <usize>rowWidth << 2;
  const bias = ofLayer(layer, Layer.EffectiveBias);
  for (let time = 0; time < times; time++) {
    let z = slice.at(layer, Layer.Rows, time, rowWidth);
    for (let row = 0; row < slice.rows; row++, z += rowBytes) memory.copy(z, bias, rowBytes);
  }
  multiplyGroups(
    slice.packedRows(),
    BUDGET,
    times,
    slice.rows,
    depth,
    inputs,
    <usize>(slice.timeRows * width) << 2,
    <usize>width << 2,
    ofLayer(layer, Layer.InputWeights),
    size(Plan.GateWidth) >> 3,
    slice.at(layer, Layer.Rows, 0, rowWidth),
    <usize>(slice.timeRows * rowWidth) << 2,
    rowBytes,
    false,
  );
}

/** Address of the slice's inputs to a layer at time 0: the caller's, or the states one layer down. */
export function layerInputs(layer: i32): usize {
  if (layer == 0) return slice.within(Plan.InputValues, 0, size(Plan.InputPadded));
  const width = size(Plan.HiddenPadded);
  if (slice.dropping) return slice.at(layer, Layer.Inputs, 0, width);
  return slice.at(layer - 1, Layer.HiddenStates, 1, width);
}

/** Fills the inputs of a layer with what dropout leaves of the states one layer down. */
function dropInputs(layer: i32): void {
  const width = size(Plan.HiddenPadded);
  for (let time = 0; time < size(Plan.TimeSteps); time++) {
    const to = slice.at(layer, Layer.Inputs, time, width);
    const from = slice.at(layer - 1, Layer.HiddenStates, time + 1, width);
    maskRows(to, from, layer - 1, time);
  }
}

/** Starts the rows of a time step with the tokens' rows of W, and b. */
function gatherRows(time: i32): void {
  const rowWidth = size(Plan.RowWidth);
  const gateBytes = <usize>size(Plan.GateWidth) << 2;
  const rowBytes = <usize>rowWidth << 2;
  const bias = ofLayer(0, Layer.EffectiveBias);
  const table = ofLayer(0, Layer.InputWeights);
  let ids = slice.ofCaller(Plan.InputIds, time, 1);
  let z = slice.at(0, Layer.Rows, time, rowWidth);
  for (let row = 0; row < slice.rows; row++, ids += 4) {
    let from = table + load<usize>(ids) * gateBytes;
    let offset: usize = 0;
    for (; offset < gateBytes; offset += 16, from += 16, z += 16) {
      v128.store(z, f32x4.add(v128.load(from), v128.load(bias + offset)));
    }
    for (; offset < rowBytes; offset += 16, z += 16) v128.store(z, v128.load(bias + offset));
  }
}

function forwardStep(layer: i32, time: i32): void {
  const cell = size(Plan.Cell), width = size(Plan.HiddenPadded), depth = size(Plan.Hidden);
  const rowWidth = size(Plan.RowWidth), gateWidth = size(Plan.GateWidth);
  if (layer == 0 && size(Plan.TokenInputs)) gatherRows(time);
  const before = slice.at(layer, Layer.HiddenStates, time, width);
  const after = slice.at(layer, Layer.HiddenStates, time + 1, width);
  const z = slice.at(layer, Layer.Rows, time, rowWidth);
  const widthBytes = <usize>width << 2;
  let packed = before;
  if (slice.rows > 1) {
    packed = slice.packedRows();
    packRows(packed, before, slice.rows, widthBytes, depth);
  }
  multiplyPacked(
    packed,
    slice.rows,
    depth,
    ofLayer(layer, Layer.RecurrentWeights),
    gateWidth >> 3,
    cell == Cell.Gru ? z + widthBytes : z,
    <usize>rowWidth << 2,
    32,
    false,
  );
  if (cell == Cell.Lstm) {
    const cellBefore = slice.at(layer, Layer.CellStates, time, width);
    const cellAfter = slice.at(layer, Layer.CellStates, time + 1, width);
    const squashed = slice.at(layer, Layer.CellTanh, time, width);
    lstmForward(slice.rows, widthBytes, z, cellBefore, cellAfter, squashed, after);
  } else if (cell == Cell.Gru) {
    gruForward(slice.rows, widthBytes, z, before, after);
  } else {
    vanillaForward(cell, <usize>slice.rows * widthBytes, z, after);
  }
}

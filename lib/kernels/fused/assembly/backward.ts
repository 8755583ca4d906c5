import { Cell, Layer, Plan } from "../plan_layout";
import { maskRows } from "./dropout";
import { BUDGET, stateRows } from "./forward";
import { gruBackward } from "./gru_cell";
import { lstmBackward } from "./lstm_cell";
import { packRows } from "./packing";
import { address, ofLayer, size } from "./plan";
import { multiplyPacked } from "./panel_products";
import { multiplyGroups } from "./products";
import * as slice from "./slice";
import { vanillaBackward } from "./vanilla_cell";

/** All layers from the top one down, each from the last time step to the first. */
export function backwardLayers(): void {
  if (slice.rows == 0) return;
  const layers = size(Plan.LayerCount);
  for (let layer = layers - 1; layer >= 0; layer--) {
    // A caller's own gradients come with that of the last cell state.
    const given = size(Plan.ExternalGradients) != 0 && layer == layers - 1;
    if (size(Plan.Cell) == Cell.Lstm && !given) clearRows(cellGradient());
    clearRows(stateRows(layer, Layer.InitialHiddenGradient));
    for (let time = size(Plan.TimeSteps) - 1; time >= 0; time--) backwardStep(layer, time);
    if (size(Plan.Cell) == Cell.Lstm) keepCellGradient(layer);
    if (layer > 0) {
      const width = size(Plan.HiddenPadded);
      inputGradients(layer, slice.at(layer - 1, Layer.HiddenGradients, 0, width));
    }
  }
  if (size(Plan.InputGradients)) {
    inputGradients(0, slice.within(Plan.InputGradients, 0, size(Plan.InputPadded)));
  }
}

// @ts-ignore: decorator
@inline
function rowBytes(): usize {
  return <usize>size(Plan.HiddenPadded) << 2;
}

// @ts-ignore: decorator
@inline
function clearRows(target: usize): void {
  memory.fill(target, 0, <usize>slice.rows * rowBytes());
}

function cellGradient(): usize {
  return address(Plan.CellGradient) + slice.lane +
    <usize>slice.firstInBuffer * rowBytes();
}

function keepCellGradient(layer: i32): void {
  const to = stateRows(layer, Layer.InitialCellGradient);
  memory.copy(to, cellGradient(), <usize>slice.rows * rowBytes());
}

/** The gates' gradients in place of the gates, and the state's gradient one time step earlier. */
function backwardStep(layer: i32, time: i32): void {
  const cell = size(Plan.Cell), width = size(Plan.HiddenPadded);
  const rowWidth = size(Plan.RowWidth), gateWidth = size(Plan.GateWidth);
  const bytes = rowBytes();
  const z = slice.at(layer, Layer.Rows, time, rowWidth);
  const dh = slice.at(layer, Layer.HiddenGradients, time, width);
  const before = slice.at(layer, Layer.HiddenStates, time, width);
  const cut = time > 0 && time % size(Plan.Truncation) == 0;
  const target = time == 0
    ? stateRows(layer, Layer.InitialHiddenGradient)
    : slice.at(layer, Layer.HiddenGradients, time - 1, width);
  if (cell == Cell.Lstm) {
    const cellBefore = slice.at(layer, Layer.CellStates, time, width);
    const squashed = slice.at(layer, Layer.CellTanh, time, width);
    lstmBackward(slice.rows, bytes, z, cellBefore, squashed, dh, cellGradient());
    if (cut) clearRows(cellGradient());
  } else if (cell == Cell.Gru) {
    gruBackward(slice.rows, bytes, z, before, dh, cut ? 0 : target, false);
  } else {
    const after = slice.at(layer, Layer.HiddenStates, time + 1, width);
    vanillaBackward(cell, <usize>slice.rows * bytes, after, dh, z);
  }
  if (cut) return;
  const recurrent = cell == Cell.Gru ? z + bytes : z;
  let packed = recurrent;
  if (slice.rows > 1) {
    packed = slice.packedRows();
    packRows(packed, recurrent, slice.rows, <usize>rowWidth << 2, gateWidth);
  }
  multiplyPacked(
    packed,
    slice.rows,
    gateWidth,
    ofLayer(layer, Layer.RecurrentTransposed),
    width >> 3,
    target,
    bytes,
    32,
    false,
  );
}

/** Gradient of a layer's inputs, which for all but the first are the states one layer down. */
function inputGradients(layer: i32, target: usize): void {
  const width = layer == 0 ? size(Plan.InputPadded) : size(Plan.HiddenPadded);
  const rowWidth = size(Plan.RowWidth);
  multiplyGroups(
    slice.packedRows(),
    BUDGET,
    size(Plan.TimeSteps),
    slice.rows,
    size(Plan.GateWidth),
    slice.at(layer, Layer.Rows, 0, rowWidth),
    <usize>(slice.timeRows * rowWidth) << 2,
    <usize>rowWidth << 2,
    ofLayer(layer, Layer.InputTransposed),
    width >> 3,
    target,
    <usize>(slice.timeRows * width) << 2,
    <usize>width << 2,
    true,
  );
  if (layer == 0 || !slice.dropping) return;
  for (let time = 0; time < size(Plan.TimeSteps); time++) {
    const rows = slice.at(layer - 1, Layer.HiddenGradients, time, width);
    maskRows(rows, rows, layer - 1, time);
  }
}

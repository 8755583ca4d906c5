// The rows of the batch that one thread works on, and where they lie. A module's globals belong to
// the instance, so each thread has its own.
import { Layer, Plan } from "../plan_layout";
import { address, ofLayer, size } from "./plan";

/** Number of rows. */
export let rows: i32 = 0;
/** Index in the batch of the first of them. */
export let firstInBatch: i32 = 0;
/** Rows from one time step to the next in the buffers. */
export let timeRows: i32 = 0;
/** Index of the first row in a time step of the buffers. */
export let firstInBuffer: i32 = 0;
/** Added to the address of every buffer. */
export let lane: usize = 0;
export let thread: i32 = 0;
export let dropping: bool = false;

export function setThread(index: i32): void {
  thread = index;
}

export function setDropping(value: bool): void {
  dropping = value;
}

/** A share of the batch in buffers that all threads share. */
export function setShare(index: i32, count: i32): void {
  const batch = size(Plan.Batch);
  const share = (batch + count - 1) / count;
  firstInBatch = min(batch, index * share);
  rows = min(batch, firstInBatch + share) - firstInBatch;
  timeRows = batch;
  firstInBuffer = firstInBatch;
  lane = 0;
}

/** The whole batch, for the products over all rows. */
export function setWhole(): void {
  setShare(0, 1);
}

/** A slice of the batch in buffers of the thread's own. */
export function setSlice(index: i32): void {
  const sliceRows = size(Plan.SliceRows);
  firstInBatch = index * sliceRows;
  rows = min(size(Plan.Batch), firstInBatch + sliceRows) - firstInBatch;
  timeRows = rows;
  firstInBuffer = 0;
  lane = <usize>thread * address(Plan.LaneStride);
}

/** Address of the slice's rows at a time step, in a buffer of a layer with rows of `width` floats. */
// @ts-ignore: decorator
@inline
export function at(layer: i32, field: Layer, time: i32, width: i32): usize {
  return ofLayer(layer, field) + lane +
    (<usize>((time * timeRows + firstInBuffer) * width) << 2);
}

/** Address of the slice's outputs at a time step: kept apart for the caller, or the thread's own. */
export function outputsAt(time: i32): usize {
  const width = size(Plan.OutputPadded), kept = address(Plan.KeptOutputs);
  if (kept == 0) return within(Plan.Outputs, time, width);
  return kept + (<usize>((size(Plan.TimeSteps) * firstInBatch + time * rows) * width) << 2);
}

/** The same for a buffer that belongs to no layer. */
// @ts-ignore: decorator
@inline
export function within(field: Plan, time: i32, width: i32): usize {
  return address(field) + lane + (<usize>((time * timeRows + firstInBuffer) * width) << 2);
}

/** Address of the slice's rows at a time step, in an array [time, batch, width] of the caller's. */
// @ts-ignore: decorator
@inline
export function ofCaller(field: Plan, time: i32, width: i32): usize {
  return address(field) + (<usize>((time * size(Plan.Batch) + firstInBatch) * width) << 2);
}

/** This thread's room for packed rows. */
// @ts-ignore: decorator
@inline
export function packedRows(): usize {
  return address(Plan.PackedRows) + <usize>thread * address(Plan.PackStride);
}

/** This thread's room for packed panels. */
// @ts-ignore: decorator
@inline
export function packedPanels(): usize {
  return address(Plan.PackedPanels) + <usize>thread * address(Plan.PackStride);
}

import type { KernelMemory } from "lib/kernels/fused/kernel_memory.ts";
import { readPadded, writePadded } from "lib/kernels/fused/padded_rows.ts";
import { Layer, Plan } from "lib/kernels/fused/plan_layout.ts";
import type { StackState, StateGradients } from "lib/kernels/sequence_network.ts";

/** Reads [layer, batch, hidden] from arrays that each layer has of its own. */
export function readState(
  memory: KernelMemory,
  hidden: Layer = Layer.StateHidden,
  cell: Layer = Layer.StateCell,
): StackState {
  const { config } = memory.options;
  const batchSize = memory.word(Plan.Batch);
  const read = (field: Layer) => readLayers(memory, field, batchSize);
  if (config.cell !== "lstm") return { batchSize, hiddenState: read(hidden) };
  return { batchSize, hiddenState: read(hidden), cellState: read(cell) };
}

function readLayers(memory: KernelMemory, field: Layer, rows: number): Float32Array {
  const { layerCount, hiddenSize: width } = memory.options.config;
  const padded = memory.layout.hiddenPadded;
  const result = new Float32Array(layerCount * rows * width);
  for (let layer = 0; layer < layerCount; layer++) {
    const part = result.subarray(layer * rows * width, (layer + 1) * rows * width);
    readPadded(part, memory.layerView(layer, field, rows * padded), { rows, width, padded });
  }
  return result;
}

/**
 * Writes the state that a window starts from; zeros without one.
 *
 * @throws {RangeError} if the state is one of another batch size or lacks the cell state.
 */
export function writeState(
  memory: KernelMemory,
  batchSize: number,
  state: StackState | undefined,
): void {
  const parts = [
    { field: Layer.StateHidden, values: state?.hiddenState },
    { field: Layer.StateCell, values: state?.cellState },
  ];
  const { cell, layerCount, hiddenSize: width } = memory.options.config;
  const padded = memory.layout.hiddenPadded;
  if (state !== undefined) requireState(memory, batchSize, state);
  for (const { field, values } of cell === "lstm" ? parts : parts.slice(0, 1)) {
    for (let layer = 0; layer < layerCount; layer++) {
      const target = memory.layerView(layer, field, batchSize * padded);
      if (values === undefined) target.fill(0);
      else {
        const first = layer * batchSize * width;
        writePadded(target, values, { rows: batchSize, width, padded }, first);
      }
    }
  }
}

/** @throws {RangeError} if the state is one of another batch size or lacks the cell state. */
export function requireState(memory: KernelMemory, batchSize: number, state: StackState): void {
  const { cell, layerCount, hiddenSize } = memory.options.config;
  const length = layerCount * batchSize * hiddenSize;
  const require = (name: string, values: ArrayLike<number> | undefined) => {
    if (values?.length === length) return;
    throw new RangeError(
      `Cannot start from a state: ${name} has ${values?.length ?? "no"} elements, not ${length}.`,
    );
  };
  require("hiddenState", state.hiddenState);
  if (cell === "lstm") require("cellState", state.cellState);
}

/** Reads d loss / d h_t of every layer and time step, and the gradients of the initial state. */
export function readStateGradients(memory: KernelMemory): StateGradients {
  const rows = memory.word(Plan.TimeSteps) * memory.word(Plan.Batch);
  return {
    hiddenStates: readLayers(memory, Layer.HiddenGradients, rows),
    initialState: readState(memory, Layer.InitialHiddenGradient, Layer.InitialCellGradient),
  };
}

import { checkSize, type FusedEngine } from "lib/kernels/fused/fused_engine.ts";
import { Carry } from "lib/kernels/fused/kernel_memory.ts";
import { readPadded, writePadded } from "lib/kernels/fused/padded_rows.ts";
import { Job, Layer, Plan } from "lib/kernels/fused/plan_layout.ts";
import type { StackState } from "lib/kernels/sequence_network.ts";
import { requireState } from "lib/kernels/fused/state_memory.ts";
import { requireIds } from "lib/kernels/fused/window_memory.ts";

/**
 * One time step after another for batches of one size, as generation takes them.
 *
 * A step of 128 units takes the kernels a few microseconds; making views of their memory and arrays
 * for each part of the state would take as long again. So the views are made once, and what a step
 * gives lies in one array.
 */
export class SingleSteps {
  readonly batchSize: number;
  readonly #engine: FusedEngine;
  readonly #ids: Int32Array;
  readonly #mask: Float32Array;
  readonly #hidden: Float32Array[];
  readonly #cell: Float32Array[];
  readonly #outputs: Float32Array;

  /**
   * Views of the memory of an engine that works without slices.
   *
   * @throws {RangeError} if the batch is larger than the network's.
   * @throws {Error} if the network reads real vectors.
   */
  constructor(engine: FusedEngine, batchSize: number) {
    const { memory } = engine;
    checkSize("batchSize", batchSize, memory.options.batchSize);
    if (memory.options.inputs === "values") {
      throw new Error("Cannot take a step: the network reads real vectors, not tokens.");
    }
    const { layerCount, cell } = memory.options.config;
    const { hiddenPadded, outputPadded } = memory.layout;
    this.batchSize = batchSize;
    this.#engine = engine;
    this.#ids = memory.integers(Plan.InputIds, batchSize);
    this.#mask = memory.view(Plan.Mask, batchSize);
    this.#outputs = memory.view(Plan.Outputs, batchSize * outputPadded);
    memory.useCarry(Carry.Step);
    const views = (field: Layer) =>
      Array.from(
        { length: layerCount },
        (_, layer) => memory.layerView(layer, field, batchSize * hiddenPadded),
      );
    this.#hidden = views(Layer.StateHidden);
    this.#cell = cell === "lstm" ? views(Layer.StateCell) : [];
  }

  /**
   * Logits [batch, outputSize] and the state after one token each; the state given stays as it is.
   *
   * @throws {RangeError} if the ids or the state do not fit the network.
   */
  step(state: StackState, ids: ArrayLike<number>): { outputs: Float32Array; state: StackState } {
    const { batchSize } = this, { memory } = this.#engine;
    const { inputSize, outputSize, hiddenSize: width, layerCount } = memory.options.config;
    requireIds("inputIds", ids, { positions: batchSize, size: inputSize });
    requireState(memory, batchSize, state);
    this.#ids.set(ids);
    this.#mask.fill(1);
    const padded = memory.layout.hiddenPadded, rows = batchSize;
    const write = (views: Float32Array[], values: ArrayLike<number>) =>
      views.forEach((view, layer) =>
        writePadded(view, values, { rows, width, padded }, layer * rows * width)
      );
    write(this.#hidden, state.hiddenState);
    if (this.#cell.length > 0) write(this.#cell, state.cellState!);
    this.#engine.runStep(Job.Forward | Job.Output, batchSize);

    const stateSize = layerCount * rows * width, outputsSize = rows * outputSize;
    const parts = this.#cell.length > 0 ? 2 : 1;
    const all = new Float32Array(parts * stateSize + outputsSize);
    const read = (views: Float32Array[], first: number) =>
      views.forEach((view, layer) =>
        readPadded(all, view, { rows, width, padded }, first + layer * rows * width)
      );
    read(this.#hidden, 0);
    read(this.#cell, stateSize);
    const outputPadded = memory.layout.outputPadded;
    const first = parts * stateSize;
    readPadded(all, this.#outputs, { rows, width: outputSize, padded: outputPadded }, first);
    const hiddenState = all.subarray(0, stateSize);
    return {
      outputs: all.subarray(first),
      state: parts === 1
        ? { batchSize, hiddenState }
        : { batchSize, hiddenState, cellState: all.subarray(stateSize, first) },
    };
  }
}

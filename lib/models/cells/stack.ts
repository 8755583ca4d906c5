import * as tf from "@tensorflow/tfjs";
import type { LayerState } from "lib/kernels/cell_step.ts";
import type { NetworkConfig } from "lib/kernels/network_config.ts";
import { type MaybePromise, readTensors, whenReady } from "lib/kernels/read_tensor.ts";
import type { StackState } from "lib/kernels/sequence_network.ts";
import type { Cell, CellState } from "lib/models/cells/cell.ts";

/**
 * Cells on top of one another, each reading the hidden states of the one below. Itself a cell.
 *
 * Every member must be a single layer whose parameters carry a name of their own.
 *
 * @throws {Error} if there is no cell, a size does not fit the layer below, or a name occurs twice.
 */
export function stack(cells: readonly Cell[]): Cell {
  if (cells.length === 0) throw new Error("Cannot stack cells: there are none.");
  const parameters: Record<string, tf.Variable> = {};
  cells.forEach((cell, layer) => {
    if (layer > 0 && cell.inputSize !== cells[layer - 1].hiddenSize) {
      throw new Error(
        `Cannot stack cells: layer ${layer} reads ${cell.inputSize} numbers, ` +
          `the layer below gives ${cells[layer - 1].hiddenSize}.`,
      );
    }
    for (const [name, parameter] of Object.entries(cell.parameters)) {
      if (name in parameters) throw new Error(`Cannot stack cells: two are named ${name}.`);
      parameters[name] = parameter;
    }
  });
  return {
    inputSize: cells[0].inputSize,
    hiddenSize: cells[cells.length - 1].hiddenSize,
    parameters,
    initialState: (batchSize) => cells.flatMap((cell) => cell.initialState(batchSize)),
    step(state, input) {
      const next: LayerState[] = [];
      let output = input;
      cells.forEach((cell, layer) => {
        const result = cell.step([state[layer]], output);
        next.push(...result.state);
        output = result.output;
      });
      return { output, state: next };
    },
    sequence(state, inputs) {
      const next: LayerState[] = [];
      let outputs = inputs;
      cells.forEach((cell, layer) => {
        const result = cell.sequence([state[layer]], outputs);
        next.push(...result.state);
        outputs = result.outputs;
      });
      return { outputs, state: next };
    },
    dispose: () => cells.forEach((cell) => cell.dispose()),
  };
}

/** Zeros for every layer of a recurrent network. */
export function zeroStackState(config: NetworkConfig, batchSize: number): StackState {
  const size = config.layerCount * batchSize * config.hiddenSize;
  const hiddenState = new Float32Array(size);
  if (config.cell !== "lstm") return { batchSize, hiddenState };
  return { batchSize, hiddenState, cellState: new Float32Array(size) };
}

/**
 * Tensors [batch, hiddenSize] per layer from a state [layer, batch, hiddenSize] of plain numbers.
 *
 * The caller disposes of them.
 *
 * @throws {Error} if the state does not fit the network.
 */
export function fromStackState(
  { batchSize, hiddenState, cellState }: StackState,
  { cell, hiddenSize, layerCount }: NetworkConfig,
): CellState {
  const size = batchSize * hiddenSize;
  const layersOf = (name: string, values: Float32Array | Float64Array | undefined) => {
    if (values?.length !== layerCount * size) {
      throw new Error(
        `Cannot use a state: its ${name} takes ${layerCount * size} numbers, got ${
          values?.length ?? "none"
        }.`,
      );
    }
    return Array.from({ length: layerCount }, (_, layer) => {
      const own = Float32Array.from(values.subarray(layer * size, (layer + 1) * size));
      return tf.tensor2d(own, [batchSize, hiddenSize]);
    });
  };
  const hidden = layersOf("hiddenState", hiddenState);
  if (cell !== "lstm") return hidden.map((hiddenState) => ({ hiddenState }));
  const cells = layersOf("cellState", cellState);
  return hidden.map((hiddenState, layer) => ({ hiddenState, cellState: cells[layer] }));
}

/** Copies a cell's state into plain numbers [layer, batch, hiddenSize]. */
export function toStackState(layers: CellState, batchSize: number): MaybePromise<StackState> {
  return whenReady(readTensors(stateTensors(layers)), (values) => {
    const hiddenState = concatenate(values.slice(0, layers.length));
    if (values.length === layers.length) return { batchSize, hiddenState };
    return { batchSize, hiddenState, cellState: concatenate(values.slice(layers.length)) };
  });
}

/** All tensors of a state: the layers' hidden states, then their cell states. */
export function stateTensors(layers: CellState): tf.Tensor2D[] {
  const cells = layers.flatMap(({ cellState }) => cellState ?? []);
  return [...layers.map(({ hiddenState }) => hiddenState), ...cells];
}

function concatenate(arrays: Float32Array[]): Float32Array {
  const joined = new Float32Array(arrays.reduce((total, array) => total + array.length, 0));
  let offset = 0;
  for (const array of arrays) {
    joined.set(array, offset);
    offset += array.length;
  }
  return joined;
}

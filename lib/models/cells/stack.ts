import type * as tf from "@tensorflow/tfjs";
import type { Cell } from "lib/models/cells/cell.ts";
import type { LayerState } from "lib/kernels/cell_step.ts";

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

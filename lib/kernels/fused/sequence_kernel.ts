import { type FusedEngine, startSequenceEngine } from "lib/kernels/fused/fused_engine.ts";
import { Carry } from "lib/kernels/fused/kernel_memory.ts";
import { readPadded, writePadded } from "lib/kernels/fused/padded_rows.ts";
import {
  readStored,
  type StoredParameter,
  storedParameters,
  writeStored,
} from "lib/kernels/fused/parameter_storage.ts";
import { Job, Layer, Plan } from "lib/kernels/fused/plan_layout.ts";
import { readState } from "lib/kernels/fused/state_memory.ts";
import type { CellKind, NetworkConfig } from "lib/kernels/network_config.ts";
import type { StackState } from "lib/kernels/sequence_network.ts";

/** Sizes of one layer run over a sequence. */
export interface SequenceSizes {
  readonly kind: CellKind;
  readonly timeSteps: number;
  readonly batchSize: number;
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly biasesPerGate: 1 | 2;
}

/** What a layer is run on: real inputs [time, batch, inputSize], and weights by their short names. */
export interface SequenceArrays {
  readonly weights: Record<string, Float32Array>;
  readonly inputs: Float32Array;
  readonly initialState: StackState;
}

/** Gradients of everything in `SequenceArrays`. */
export interface SequenceGradients extends SequenceArrays {
  readonly initialState: StackState;
}

/** One recurrent layer without outputs or loss, forward and back on arrays. One thread. */
export class SequenceKernel {
  readonly #engine: FusedEngine;
  readonly #sizes: SequenceSizes;
  readonly #stored: StoredParameter[];

  constructor(sizes: SequenceSizes) {
    const { kind, timeSteps, batchSize, inputSize, hiddenSize, biasesPerGate } = sizes;
    const config: NetworkConfig = {
      ...{ cell: kind, inputSize, hiddenSize, layerCount: 1, outputSize: 1, biasesPerGate },
    };
    this.#sizes = sizes;
    this.#engine = startSequenceEngine({ config, timeSteps, batchSize, inputs: "values" });
    const { layout } = this.#engine.memory;
    this.#stored = storedParameters(config, layout, false)
      .filter(({ name }) => name.startsWith("layer0/"));
  }

  /** Hidden states [time, batch, hiddenSize], and the state after the last time step. */
  forward(arrays: SequenceArrays): { hiddenStates: Float32Array; finalState: StackState } {
    const { memory } = this.#engine;
    const { timeSteps, batchSize, hiddenSize } = this.#sizes;
    writeStored(this.#stored, this.#arena(Plan.Parameters), named(arrays.weights));
    this.#engine.markStale();
    const { inputs: inputValues, initialState } = arrays;
    this.#engine.load({ timeSteps, batchSize, inputValues, initialState }, Carry.Training);
    this.#engine.run(Job.Forward);
    const padded = memory.layout.hiddenPadded, rows = timeSteps * batchSize;
    const hiddenStates = new Float32Array(rows * hiddenSize);
    const all = memory.layerView(0, Layer.HiddenStates, (rows + batchSize) * padded);
    const after = all.subarray(batchSize * padded);
    readPadded(hiddenStates, after, { rows, width: hiddenSize, padded });
    return { hiddenStates, finalState: readState(memory) };
  }

  /**
   * The way back of the last `forward`, from the gradients of its hidden states (that of the last
   * among them) and of the last cell state.
   */
  backward(dHiddenStates: Float32Array, dCellState: Float32Array | undefined): SequenceGradients {
    const { memory } = this.#engine;
    const { timeSteps, batchSize, hiddenSize: width, inputSize } = this.#sizes;
    const { hiddenPadded, inputPadded } = memory.layout;
    const rows = timeSteps * batchSize;
    const target = memory.layerView(0, Layer.HiddenGradients, rows * hiddenPadded);
    writePadded(target, dHiddenStates, { rows, width, padded: hiddenPadded });
    const cell = memory.view(Plan.CellGradient, batchSize * hiddenPadded);
    if (dCellState === undefined) cell.fill(0);
    else writePadded(cell, dCellState, { rows: batchSize, width, padded: hiddenPadded });
    memory.setWord(Plan.ExternalGradients, 1);
    this.#engine.run(Job.Backward);
    const inputs = new Float32Array(rows * inputSize);
    const source = memory.view(Plan.InputGradients, rows * inputPadded);
    readPadded(inputs, source, { rows, width: inputSize, padded: inputPadded });
    const gradients = readStored(this.#stored, this.#arena(Plan.Gradients));
    return {
      inputs,
      weights: Object.fromEntries(
        Object.entries(gradients).map(([name, values]) => [name.slice("layer0/".length), values]),
      ),
      initialState: readState(memory, Layer.InitialHiddenGradient, Layer.InitialCellGradient),
    };
  }

  #arena(field: Plan): Float32Array {
    const { memory } = this.#engine;
    return memory.view(field, memory.word(Plan.ParameterWords));
  }
}

function named(weights: Record<string, Float32Array>): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(weights).map(([name, values]) => [`layer0/${name}`, values]),
  );
}

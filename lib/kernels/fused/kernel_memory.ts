import { Address, Layer, Plan } from "lib/kernels/fused/plan_layout.ts";
import type { NetworkLayout } from "lib/kernels/fused/network_layout.ts";
import type {
  SequenceNetworkOptions,
  SequenceWindow,
  StackState,
  StateGradients,
} from "lib/kernels/sequence_network.ts";

/** Whose state is carried from window to window. */
export enum Carry {
  Training,
  Evaluation,
  Step,
}

/** The memory of a network by the names of its layout: what goes in and what comes out. */
export class KernelMemory {
  readonly layout: NetworkLayout;
  readonly #options: SequenceNetworkOptions;
  readonly #integers: Int32Array;
  readonly #floats: Float32Array;
  readonly #doubles: Float64Array;

  constructor(
    memory: WebAssembly.Memory,
    layout: NetworkLayout,
    options: SequenceNetworkOptions,
  ) {
    this.layout = layout;
    this.#options = options;
    this.#integers = new Int32Array(memory.buffer);
    this.#floats = new Float32Array(memory.buffer);
    this.#doubles = new Float64Array(memory.buffer);
    for (const [field, value] of layout.words) this.setWord(field, value);
    layout.layers.forEach((layer, index) => {
      const start = (Address.Layers + index * Address.LayerStride) / 4;
      for (const [field, value] of layer) this.#integers[start + field] = value;
    });
  }

  setWord(field: Plan, value: number): void {
    this.#integers[Address.Plan / 4 + field] = value;
  }

  setReal(field: Plan, value: number): void {
    this.#floats[Address.Plan / 4 + field] = value;
  }

  word(field: Plan): number {
    return this.#integers[Address.Plan / 4 + field];
  }

  /**
   * Chooses which carried state calls start from and leave behind: training, evaluation and single
   * steps each have their own, so that none disturbs another's.
   */
  useCarry(carry: Carry): void {
    const shift = carry * this.#options.batchSize * this.layout.hiddenPadded * 4;
    this.layout.layers.forEach((layer, index) => {
      const start = (Address.Layers + index * Address.LayerStride) / 4;
      for (const field of [Layer.StateHidden, Layer.StateCell]) {
        this.#integers[start + field] = layer.get(field)! + shift;
      }
    });
  }

  /** The norm of the last gradient. */
  gradientNorm(): number {
    return this.#doubles[this.word(Plan.GradientNorm) / 8];
  }

  /** A view of `count` floats from a field's address on. */
  view(field: Plan, count: number, firstFloat = 0): Float32Array {
    const start = this.word(field) / 4 + firstFloat;
    return this.#floats.subarray(start, start + count);
  }

  layerView(layer: number, field: Layer, count: number): Float32Array {
    const word = (Address.Layers + layer * Address.LayerStride) / 4 + field;
    const start = this.#integers[word] / 4;
    return this.#floats.subarray(start, start + count);
  }

  /** Writes a window's inputs, its targets if it has them, and its mask. */
  writeWindow(window: SequenceWindow): void {
    const { timeSteps, batchSize, mask } = window;
    const { config } = this.#options;
    const positions = timeSteps * batchSize;
    this.setWord(Plan.TimeSteps, timeSteps);
    this.setWord(Plan.Batch, batchSize);
    if (this.#options.inputs === "values") {
      const { inputPadded } = this.layout;
      const width = config.inputSize;
      this.#writeRows(Plan.InputValues, window.inputValues, "inputValues", [width, inputPadded]);
    } else {
      this.#writeIds(Plan.InputIds, window.inputIds, positions, {
        name: "inputIds",
        size: config.inputSize,
      });
    }
    if (this.#options.loss === "squared-error") {
      if (window.targetValues !== undefined) {
        const widths = [config.outputSize, this.layout.outputPadded];
        this.#writeRows(Plan.TargetValues, window.targetValues, "targetValues", widths);
      }
    } else if (window.targetIds !== undefined) {
      this.#writeIds(Plan.TargetIds, window.targetIds, positions, {
        name: "targetIds",
        size: config.outputSize,
      });
    }
    const weights = this.view(Plan.Mask, positions);
    if (mask === undefined) weights.fill(1);
    else if (mask.length === positions) weights.set(mask);
    else throw new RangeError(`Cannot read a window: mask has ${mask.length} of ${positions}.`);
  }

  #writeIds(
    field: Plan,
    ids: Int32Array | undefined,
    positions: number,
    { name, size }: { name: string; size: number },
  ): void {
    if (ids === undefined || ids.length !== positions) {
      throw new RangeError(
        `Cannot read a window: ${name} has ${ids?.length ?? "no"} elements, not ${positions}.`,
      );
    }
    const start = this.word(field) / 4;
    let bad = -1;
    for (let i = 0; i < positions; i++) {
      const id = ids[i];
      if (!(id >= 0 && id < size)) bad = i;
      this.#integers[start + i] = id;
    }
    if (bad >= 0) {
      throw new RangeError(
        `Cannot read a window: ${name} holds ${ids[bad]}, not in 0..${size - 1}.`,
      );
    }
  }

  #writeRows(
    field: Plan,
    values: Float32Array | undefined,
    name: string,
    [width, padded]: number[],
  ): void {
    const rows = this.word(Plan.TimeSteps) * this.word(Plan.Batch);
    if (values === undefined || values.length !== rows * width) {
      throw new RangeError(
        `Cannot read a window: ${name} has ${values?.length ?? "no"} elements, not ${
          rows * width
        }.`,
      );
    }
    writePadded(this.view(field, rows * padded), values, { rows, width, padded });
  }

  /** Reads the outputs [time, batch, outputSize], which slices leave one after another. */
  readOutputs(): Float32Array {
    const { sliceRows, outputPadded: padded, keptOutputs } = this.layout;
    const timeSteps = this.word(Plan.TimeSteps), batch = this.word(Plan.Batch);
    const width = this.#options.config.outputSize;
    const result = new Float32Array(timeSteps * batch * width);
    const field = keptOutputs === 0 ? Plan.Outputs : Plan.KeptOutputs;
    const share = sliceRows || batch;
    for (let first = 0; first < batch; first += share) {
      const rows = Math.min(share, batch - first);
      for (let time = 0; time < timeSteps; time++) {
        const from = (timeSteps * first + time * rows) * padded;
        const source = this.view(field, rows * padded, from);
        const to = (time * batch + first) * width;
        readPadded(result.subarray(to, to + rows * width), source, { rows, width, padded });
      }
    }
    return result;
  }

  /** Sum of mask times loss over the positions, and the sum of the mask. */
  lossSums(): { lossSum: number; weight: number } {
    const positions = this.word(Plan.TimeSteps) * this.word(Plan.Batch);
    const losses = this.view(Plan.RowLosses, positions);
    const mask = this.view(Plan.Mask, positions);
    let lossSum = 0, weight = 0;
    for (let i = 0; i < positions; i++) {
      // A position that does not count adds nothing, even if its loss is not finite.
      if (mask[i] === 0) continue;
      lossSum += mask[i] * losses[i];
      weight += mask[i];
    }
    return { lossSum, weight };
  }

  maskSum(): number {
    const mask = this.view(Plan.Mask, this.word(Plan.TimeSteps) * this.word(Plan.Batch));
    let sum = 0;
    for (let i = 0; i < mask.length; i++) sum += mask[i];
    return sum;
  }

  /** Reads d loss / d h_t of every layer and time step, and the gradients of the initial state. */
  readStateGradients(): StateGradients {
    const { config } = this.#options;
    const batch = this.word(Plan.Batch), rows = this.word(Plan.TimeSteps) * batch;
    const perLayer = rows * config.hiddenSize;
    const hiddenStates = new Float32Array(config.layerCount * perLayer);
    for (let layer = 0; layer < config.layerCount; layer++) {
      const source = this.layerView(layer, Layer.HiddenGradients, rows * this.layout.hiddenPadded);
      const part = hiddenStates.subarray(layer * perLayer, (layer + 1) * perLayer);
      readPadded(part, source, this.#hiddenRows(rows));
    }
    const initialState = this.readState(
      batch,
      Layer.InitialHiddenGradient,
      Layer.InitialCellGradient,
    );
    return { hiddenStates, initialState };
  }

  /** Reads [layer, batch, hidden] from arrays that each layer has of its own. */
  readState(batchSize: number, hidden: Layer, cell: Layer): StackState {
    const { config } = this.#options;
    const read = (field: Layer) => {
      const perLayer = batchSize * config.hiddenSize;
      const result = new Float32Array(config.layerCount * perLayer);
      for (let layer = 0; layer < config.layerCount; layer++) {
        const source = this.layerView(layer, field, batchSize * this.layout.hiddenPadded);
        const part = result.subarray(layer * perLayer, (layer + 1) * perLayer);
        readPadded(part, source, this.#hiddenRows(batchSize));
      }
      return result;
    };
    if (config.cell !== "lstm") return { batchSize, hiddenState: read(hidden) };
    return { batchSize, hiddenState: read(hidden), cellState: read(cell) };
  }

  /**
   * Writes the state that a window starts from; zeros without one.
   *
   * @throws {RangeError} if the state is one of another batch size or lacks the cell state.
   */
  writeState(batchSize: number, state: StackState | undefined): void {
    const { config } = this.#options;
    const length = config.layerCount * batchSize * config.hiddenSize;
    const write = (field: Layer, values: ArrayLike<number> | undefined, name: string) => {
      if (state !== undefined && values?.length !== length) {
        throw new RangeError(
          `Cannot start from a state: ${name} has ${
            values?.length ?? "no"
          } elements, not ${length}.`,
        );
      }
      for (let layer = 0; layer < config.layerCount; layer++) {
        const target = this.layerView(layer, field, batchSize * this.layout.hiddenPadded);
        if (values === undefined) target.fill(0);
        else {
          const first = layer * batchSize * config.hiddenSize;
          writePadded(target, values, this.#hiddenRows(batchSize), first);
        }
      }
    };
    write(Layer.StateHidden, state?.hiddenState, "hiddenState");
    if (config.cell === "lstm") write(Layer.StateCell, state?.cellState, "cellState");
  }

  #hiddenRows(rows: number) {
    return { rows, width: this.#options.config.hiddenSize, padded: this.layout.hiddenPadded };
  }
}

/** Rows of `width` elements that lie `padded` elements apart. */
interface PaddedRows {
  readonly rows: number;
  readonly width: number;
  readonly padded: number;
}

/** Copies rows out of their padding. */
export function readPadded(
  target: Float32Array,
  source: Float32Array,
  { rows, width, padded }: PaddedRows,
): void {
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) target[row * width + i] = source[row * padded + i];
  }
}

/** Copies rows into their padding, which is set to zero. */
function writePadded(
  target: Float32Array,
  source: ArrayLike<number>,
  { rows, width, padded }: PaddedRows,
  first = 0,
): void {
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) target[row * padded + i] = source[first + row * width + i];
    for (let i = width; i < padded; i++) target[row * padded + i] = 0;
  }
}

import { Address, Layer, Plan } from "lib/kernels/fused/plan_layout.ts";
import type { NetworkLayout } from "lib/kernels/fused/network_layout.ts";
import type { SequenceNetworkOptions } from "lib/kernels/sequence_network.ts";

/** Whose state is carried from window to window. */
export enum Carry {
  Training,
  Evaluation,
  Step,
}

/** The memory of a network by the names of its layout. */
export class KernelMemory {
  readonly layout: NetworkLayout;
  readonly options: SequenceNetworkOptions;
  readonly #integers: Int32Array;
  readonly #floats: Float32Array;
  readonly #doubles: Float64Array;

  constructor(memory: WebAssembly.Memory, layout: NetworkLayout, options: SequenceNetworkOptions) {
    this.layout = layout;
    this.options = options;
    this.#integers = new Int32Array(memory.buffer);
    this.#floats = new Float32Array(memory.buffer);
    this.#doubles = new Float64Array(memory.buffer);
    for (const [field, value] of layout.words) this.setWord(field, value);
    layout.layers.forEach((layer, index) => {
      for (const [field, value] of layer) this.#integers[layerWord(index, field)] = value;
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
    const shift = carry * this.options.batchSize * this.layout.hiddenPadded * 4;
    this.layout.layers.forEach((layer, index) => {
      for (const field of [Layer.StateHidden, Layer.StateCell]) {
        this.#integers[layerWord(index, field)] = layer.get(field)! + shift;
      }
    });
  }

  /** The norm of the last gradient. */
  gradientNorm(): number {
    return this.#doubles[this.word(Plan.GradientNorm) / 8];
  }

  /** A view of `count` floats from float `first` after a field's address on. */
  view(field: Plan, count: number, first = 0): Float32Array {
    const start = this.word(field) / 4 + first;
    return this.#floats.subarray(start, start + count);
  }

  /** A view of `count` integers from a field's address on. */
  integers(field: Plan, count: number): Int32Array {
    const start = this.word(field) / 4;
    return this.#integers.subarray(start, start + count);
  }

  /** A view of `count` doubles from a field's address on. */
  doubles(field: Plan, count: number): Float64Array {
    const start = this.word(field) / 8;
    return this.#doubles.subarray(start, start + count);
  }

  /** A view of `count` floats of an array of one layer. */
  layerView(layer: number, field: Layer, count: number): Float32Array {
    const start = this.#integers[layerWord(layer, field)] / 4;
    return this.#floats.subarray(start, start + count);
  }
}

function layerWord(layer: number, field: Layer): number {
  return (Address.Layers + layer * Address.LayerStride) / 4 + field;
}

import {
  addOuter,
  addTo,
  backwardCell,
  type CellTrace,
  forwardCell,
  type LayerArrays,
  matrixTimesColumn,
  rowTimesMatrix,
} from "lib/kernels/reference/reference_cell.ts";
import { dropoutScale } from "lib/kernels/reference/reference_dropout.ts";
import {
  crossEntropy,
  type PositionLoss,
  squaredError,
} from "lib/kernels/reference/reference_loss.ts";
import type { NamedArrays } from "lib/kernels/reference/reference_optimizer.ts";
import type {
  SequenceNetworkOptions,
  SequenceWindow,
  StackState,
  StateGradients,
  WindowLoss,
} from "lib/kernels/sequence_network.ts";

/** One window through the network, sequence by sequence, and its way back. */
export class ReferencePass {
  readonly outputs: Float64Array;
  readonly positionLosses: Float64Array;
  readonly finalState: StackState;
  readonly #options: SequenceNetworkOptions;
  readonly #parameters: NamedArrays;
  readonly #window: SequenceWindow;
  readonly #dropoutKey: number | undefined;
  /** Traces by layer, then by position t * batch + b. */
  readonly #traces: CellTrace[][];
  readonly #losses: (PositionLoss | undefined)[] = [];
  #weight: number | undefined;

  constructor(
    options: SequenceNetworkOptions,
    parameters: NamedArrays,
    { window, initialState, dropoutKey }: {
      window: SequenceWindow;
      initialState?: StackState;
      dropoutKey?: number;
    },
  ) {
    this.#options = options;
    this.#parameters = parameters;
    this.#window = window;
    this.#dropoutKey = dropoutKey;
    const { config } = options;
    const { timeSteps, batchSize } = window;
    this.outputs = new Float64Array(timeSteps * batchSize * config.outputSize);
    this.positionLosses = new Float64Array(timeSteps * batchSize);
    this.#traces = Array.from({ length: config.layerCount }, () => []);
    const size = config.hiddenSize;
    const states = config.layerCount * batchSize;
    const hiddenState = Float64Array.from(
      initialState?.hiddenState ?? new Float64Array(states * size),
    );
    const cellState = Float64Array.from(initialState?.cellState ?? new Float64Array(states * size));
    for (let time = 0; time < timeSteps; time++) {
      for (let sequence = 0; sequence < batchSize; sequence++) {
        let input = this.#input(time, sequence);
        for (let layer = 0; layer < config.layerCount; layer++) {
          const first = (layer * batchSize + sequence) * size;
          const hidden = hiddenState.slice(first, first + size);
          const cell = cellState.slice(first, first + size);
          const weights = layerArrays(parameters, layer);
          const trace = forwardCell(config.cell, weights, { input, hidden, cell });
          this.#traces[layer].push(trace);
          hiddenState.set(trace.hidden, first);
          cellState.set(trace.cell, first);
          input = this.#dropped(trace.hidden, { layer, time, sequence });
        }
        this.#output(this.#traces[config.layerCount - 1].at(-1)!.hidden, time, sequence);
      }
    }
    this.finalState = config.cell === "lstm"
      ? { batchSize, hiddenState, cellState }
      : { batchSize, hiddenState };
  }

  windowLoss(): WindowLoss {
    let lossSum = 0, weight = 0;
    this.positionLosses.forEach((loss, position) => {
      const share = this.#window.mask?.[position] ?? 1;
      if (share === 0 || this.#losses[position] === undefined) return;
      lossSum += share * loss;
      weight += share;
    });
    return { loss: weight === 0 ? 0 : lossSum / weight, lossSum, weight };
  }

  /** Gradients of the mean loss. */
  backward(): { gradients: NamedArrays; stateGradients: StateGradients } {
    const { config, truncationLength = Infinity } = this.#options;
    const { timeSteps, batchSize } = this.#window;
    const size = config.hiddenSize;
    const gradients: NamedArrays = Object.fromEntries(
      Object.entries(this.#parameters).map((
        [name, { length }],
      ) => [name, new Float64Array(length)]),
    );
    const perLayer = timeSteps * batchSize * size, states = config.layerCount * batchSize * size;
    const hiddenStates = new Float64Array(config.layerCount * perLayer);
    const dHidden = new Float64Array(states), dCell = new Float64Array(states);
    for (let time = timeSteps - 1; time >= 0; time--) {
      for (let sequence = 0; sequence < batchSize; sequence++) {
        const position = time * batchSize + sequence;
        let fromAbove = this.#outputBackward(position, gradients);
        for (let layer = config.layerCount - 1; layer >= 0; layer--) {
          const first = (layer * batchSize + sequence) * size;
          const hiddenHere = dHidden.subarray(first, first + size);
          const cellHere = dCell.subarray(first, first + size);
          addTo(hiddenHere, fromAbove);
          hiddenStates.set(hiddenHere, layer * perLayer + position * size);
          const flow = backwardCell(config.cell, layerArrays(this.#parameters, layer), {
            trace: this.#traces[layer][position],
            dHidden: hiddenHere,
            dCell: cellHere,
            gradients: layerArrays(gradients, layer),
          });
          const cut = time > 0 && time % truncationLength === 0;
          hiddenHere.set(cut ? new Float64Array(size) : flow.hidden);
          cellHere.set(cut ? new Float64Array(size) : flow.cell);
          if (layer > 0) {
            fromAbove = this.#dropped(flow.input, { layer: layer - 1, time, sequence });
          }
        }
      }
    }
    const initialState = config.cell === "lstm"
      ? { batchSize, hiddenState: dHidden, cellState: dCell }
      : { batchSize, hiddenState: dHidden };
    return { gradients, stateGradients: { hiddenStates, initialState } };
  }

  #input(time: number, sequence: number): Float64Array {
    const { inputSize } = this.#options.config;
    const position = time * this.#window.batchSize + sequence;
    if (this.#options.inputs === "values") {
      const values = this.#window.inputValues!;
      return Float64Array.from(values.subarray(position * inputSize, (position + 1) * inputSize));
    }
    const oneHot = new Float64Array(inputSize);
    oneHot[this.#window.inputIds![position]] = 1;
    return oneHot;
  }

  #dropped(
    values: Float64Array,
    place: { layer: number; time: number; sequence: number },
  ): Float64Array {
    const key = this.#dropoutKey, rate = this.#options.dropout;
    if (key === undefined || !rate || place.layer === this.#options.config.layerCount - 1) {
      return values;
    }
    const { timeSteps, batchSize } = this.#window;
    const sizes = { key, rate, timeSteps, batchSize, hiddenSize: values.length };
    return values.map((value, unit) => value * dropoutScale({ ...place, unit }, sizes));
  }

  #output(hidden: Float64Array, time: number, sequence: number): void {
    const { outputSize } = this.#options.config;
    const position = time * this.#window.batchSize + sequence;
    const { "output/weights": weights, "output/bias": bias } = this.#parameters;
    const outputs = rowTimesMatrix(hidden, weights, bias);
    this.outputs.set(outputs, position * outputSize);
    const { targetIds, targetValues } = this.#window;
    const loss = this.#options.loss === "squared-error"
      ? targetValues &&
        squaredError(
          outputs,
          targetValues.subarray(position * outputSize, (position + 1) * outputSize),
        )
      : targetIds && crossEntropy(outputs, targetIds[position]);
    this.#losses[position] = loss;
    this.positionLosses[position] = loss?.loss ?? 0;
  }

  /** Adds to the output layer's gradients and returns that of the top layer's state. */
  #outputBackward(position: number, gradients: NamedArrays): Float64Array {
    const { layerCount, hiddenSize } = this.#options.config;
    this.#weight ??= this.windowLoss().weight;
    const share = (this.#window.mask?.[position] ?? 1) / (this.#weight || 1);
    const dOutputs = this.#losses[position]!.gradient.map((value) => value * share);
    const { hidden } = this.#traces[layerCount - 1][position];
    addOuter(gradients["output/weights"], hidden, dOutputs);
    addTo(gradients["output/bias"], dOutputs);
    return matrixTimesColumn(this.#parameters["output/weights"], dOutputs, hiddenSize);
  }
}

/** The arrays of one layer out of a network's, by their canonical names. */
export function layerArrays(arrays: NamedArrays, layer: number): LayerArrays {
  return {
    inputWeights: arrays[`layer${layer}/inputWeights`],
    recurrentWeights: arrays[`layer${layer}/recurrentWeights`],
    bias: arrays[`layer${layer}/bias`],
    recurrentBias: arrays[`layer${layer}/recurrentBias`],
  };
}

import type { CellKind, NetworkConfig } from "lib/kernels/network_config.ts";

/** A window of tokens for a network of plain numbers; arrays as in `sequence_network.ts`. */
export interface ScalarInput {
  readonly config: NetworkConfig;
  readonly parameters: Readonly<Record<string, ArrayLike<number>>>;
  readonly timeSteps: number;
  readonly batchSize: number;
  readonly inputIds: ArrayLike<number>;
  readonly targetIds: ArrayLike<number>;
  readonly mask?: ArrayLike<number> | null;
  readonly hiddenState?: ArrayLike<number> | null;
  readonly cellState?: ArrayLike<number> | null;
}

/** What the network gives: [time * batch, V] logits, states [layer, batch, hidden]. */
export interface ScalarOutput {
  readonly loss: number;
  readonly logits: number[];
  readonly hiddenState: number[];
  readonly cellState: number[];
}

const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));
const range = (size: number) => Array.from({ length: size }, (_, index) => index);

/**
 * The recurrent language model as loops over single numbers in float64: no tensor, nothing shared
 * with the library. Slow, and plain enough to be checked against the equations by eye.
 */
export function scalarNetwork(input: ScalarInput): ScalarOutput {
  const { config, parameters, timeSteps, batchSize, inputIds, targetIds, mask } = input;
  const { hiddenSize: H, layerCount, outputSize: V } = config;
  const stateSize = layerCount * batchSize * H;
  const hiddenState = Array.from(input.hiddenState ?? new Float64Array(stateSize));
  const cellState = Array.from(input.cellState ?? new Float64Array(stateSize));
  const logits: number[] = [];
  let lossSum = 0;
  let weightSum = 0;
  for (let time = 0; time < timeSteps; time++) {
    for (let row = 0; row < batchSize; row++) {
      const place = time * batchSize + row;
      let x: number[] = range(config.inputSize).map((id) => id === inputIds[place] ? 1 : 0);
      for (let layer = 0; layer < layerCount; layer++) {
        const start = (layer * batchSize + row) * H;
        const h = hiddenState.slice(start, start + H);
        const c = cellState.slice(start, start + H);
        const next = scalarStep(config.cell, layerWeights(parameters, layer), { x, h, c });
        next.h.forEach((value, unit) => hiddenState[start + unit] = value);
        next.c.forEach((value, unit) => cellState[start + unit] = value);
        x = next.h;
      }
      const weights = parameters["output/weights"];
      const scores = range(V).map((token) =>
        x.reduce((sum, value, unit) => sum + value * weights[unit * V + token], 0) +
        parameters["output/bias"][token]
      );
      logits.push(...scores);
      const weight = mask ? mask[place] : 1;
      const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0));
      lossSum += weight * (total - scores[targetIds[place]]);
      weightSum += weight;
    }
  }
  return { loss: lossSum / weightSum, logits, hiddenState, cellState };
}

/** Weights of one layer, row-major [.., gates * H]. */
export interface ScalarWeights {
  readonly W: ArrayLike<number>;
  readonly U: ArrayLike<number>;
  readonly b: ArrayLike<number>;
  readonly bU?: ArrayLike<number>;
}

function layerWeights(parameters: ScalarInput["parameters"], layer: number): ScalarWeights {
  return {
    W: parameters[`layer${layer}/inputWeights`],
    U: parameters[`layer${layer}/recurrentWeights`],
    b: parameters[`layer${layer}/bias`],
    bU: parameters[`layer${layer}/recurrentBias`],
  };
}

/** One step of one row: input x, hidden state h and cell state c (unused but by the LSTM). */
export function scalarStep(
  cell: CellKind,
  { W, U, b, bU }: ScalarWeights,
  { x, h, c }: { x: number[]; h: number[]; c: number[] },
): { h: number[]; c: number[] } {
  const H = h.length;
  const G = { "rnn-tanh": 1, "rnn-relu": 1, "rnn-sigmoid": 1, gru: 3, lstm: 4 }[cell];
  const fromInput = (gate: number, unit: number) => {
    const column = gate * H + unit;
    return x.reduce((sum, value, k) => sum + value * W[k * G * H + column], b[column]);
  };
  const fromState = (gate: number, unit: number) => {
    const column = gate * H + unit;
    return h.reduce((sum, value, k) => sum + value * U[k * G * H + column], bU ? bU[column] : 0);
  };
  const both = (gate: number, unit: number) => fromInput(gate, unit) + fromState(gate, unit);
  const next = { h: [...h], c: [...c] };
  for (let unit = 0; unit < H; unit++) {
    if (cell === "rnn-tanh") next.h[unit] = Math.tanh(both(0, unit));
    if (cell === "rnn-relu") next.h[unit] = Math.max(0, both(0, unit));
    if (cell === "rnn-sigmoid") next.h[unit] = sigmoid(both(0, unit));
    if (cell === "gru") {
      const reset = sigmoid(both(0, unit));
      const update = sigmoid(both(1, unit));
      const candidate = Math.tanh(fromInput(2, unit) + reset * fromState(2, unit));
      next.h[unit] = (1 - update) * candidate + update * h[unit];
    }
    if (cell === "lstm") {
      const inputGate = sigmoid(both(0, unit));
      const forgetGate = sigmoid(both(1, unit));
      const candidate = Math.tanh(both(2, unit));
      next.c[unit] = forgetGate * c[unit] + inputGate * candidate;
      next.h[unit] = sigmoid(both(3, unit)) * Math.tanh(next.c[unit]);
    }
  }
  return next;
}

import { type CellKind, gateCount } from "lib/kernels/network_config.ts";

/** One layer's arrays: matrices row by row, [inputSize, G*H], [H, G*H], [G*H]. */
export interface LayerArrays {
  readonly inputWeights: Float64Array;
  readonly recurrentWeights: Float64Array;
  readonly bias: Float64Array;
  readonly recurrentBias?: Float64Array;
}

/** What one time step of one sequence leaves for its way back; arrays of H, gates of G*H. */
export interface CellTrace {
  readonly input: Float64Array;
  readonly hiddenBefore: Float64Array;
  readonly cellBefore: Float64Array;
  /** Gates after their nonlinearity, in the order of the parameters. */
  readonly gates: Float64Array;
  /** h U + recurrentBias, which the GRU's reset gate scales. */
  readonly recurrent: Float64Array;
  readonly hidden: Float64Array;
  readonly cell: Float64Array;
}

/** What flows back out of one time step. */
export interface CellGradients {
  readonly input: Float64Array;
  readonly hiddenBefore: Float64Array;
  readonly cellBefore: Float64Array;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * One time step of one sequence, in scalar loops; equations as in `cell_step.ts`.
 *
 * `input` is [inputSize], the states [H].
 */
export function forwardCell(
  kind: CellKind,
  weights: LayerArrays,
  { input, hidden, cell }: { input: Float64Array; hidden: Float64Array; cell: Float64Array },
): CellTrace {
  const size = hidden.length, width = gateCount(kind) * size;
  const fromInput = rowTimesMatrix(input, weights.inputWeights, weights.bias);
  const recurrent = rowTimesMatrix(
    hidden,
    weights.recurrentWeights,
    weights.recurrentBias ?? new Float64Array(width),
  );
  const gates = new Float64Array(width);
  const after = new Float64Array(size), cellAfter = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    const sum = (gate: number) => fromInput[gate * size + j] + recurrent[gate * size + j];
    if (kind === "lstm") {
      const i = gates[j] = sigmoid(sum(0));
      const f = gates[size + j] = sigmoid(sum(1));
      const g = gates[2 * size + j] = Math.tanh(sum(2));
      const o = gates[3 * size + j] = sigmoid(sum(3));
      cellAfter[j] = f * cell[j] + i * g;
      after[j] = o * Math.tanh(cellAfter[j]);
    } else if (kind === "gru") {
      const r = gates[j] = sigmoid(sum(0));
      const z = gates[size + j] = sigmoid(sum(1));
      const n = gates[2 * size + j] = Math.tanh(
        fromInput[2 * size + j] + r * recurrent[2 * size + j],
      );
      after[j] = (1 - z) * n + z * hidden[j];
    } else {
      const total = sum(0);
      after[j] = kind === "rnn-tanh"
        ? Math.tanh(total)
        : kind === "rnn-relu"
        ? Math.max(0, total)
        : sigmoid(total);
    }
  }
  return {
    ...{ input, hiddenBefore: hidden, cellBefore: cell },
    ...{ gates, recurrent, hidden: after, cell: cellAfter },
  };
}

/** The way back through one time step; adds to the layer's gradients. */
export function backwardCell(
  kind: CellKind,
  weights: LayerArrays,
  { trace, dHidden, dCell, gradients }: {
    trace: CellTrace;
    dHidden: Float64Array;
    dCell: Float64Array;
    gradients: LayerArrays;
  },
): CellGradients {
  const size = dHidden.length, width = gateCount(kind) * size;
  const { gates } = trace;
  /** Gradients of x W + b, and of h U + recurrentBias: they differ in the GRU's candidate. */
  const dInputSum = new Float64Array(width), dRecurrentSum = new Float64Array(width);
  const hiddenBefore = new Float64Array(size), cellBefore = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    const both = (gate: number, value: number) => {
      dInputSum[gate * size + j] = dRecurrentSum[gate * size + j] = value;
    };
    if (kind === "lstm") {
      const [i, f, g, o] = [0, 1, 2, 3].map((gate) => gates[gate * size + j]);
      const squashed = Math.tanh(trace.cell[j]);
      const dc = dCell[j] + dHidden[j] * o * (1 - squashed * squashed);
      both(0, dc * g * i * (1 - i));
      both(1, dc * trace.cellBefore[j] * f * (1 - f));
      both(2, dc * i * (1 - g * g));
      both(3, dHidden[j] * squashed * o * (1 - o));
      cellBefore[j] = dc * f;
    } else if (kind === "gru") {
      const [r, z, n] = [0, 1, 2].map((gate) => gates[gate * size + j]);
      const q = trace.recurrent[2 * size + j];
      const dn = dHidden[j] * (1 - z) * (1 - n * n);
      both(0, dn * q * r * (1 - r));
      both(1, dHidden[j] * (trace.hiddenBefore[j] - n) * z * (1 - z));
      dInputSum[2 * size + j] = dn;
      dRecurrentSum[2 * size + j] = dn * r;
      hiddenBefore[j] = dHidden[j] * z;
    } else {
      const h = trace.hidden[j];
      const slope = kind === "rnn-tanh"
        ? 1 - h * h
        : kind === "rnn-relu"
        ? (h > 0 ? 1 : 0)
        : h * (1 - h);
      both(0, dHidden[j] * slope);
    }
  }
  addOuter(gradients.inputWeights, trace.input, dInputSum);
  addOuter(gradients.recurrentWeights, trace.hiddenBefore, dRecurrentSum);
  addTo(gradients.bias, dInputSum);
  if (gradients.recurrentBias) addTo(gradients.recurrentBias, dRecurrentSum);
  addTo(hiddenBefore, matrixTimesColumn(weights.recurrentWeights, dRecurrentSum, size));
  const input = matrixTimesColumn(weights.inputWeights, dInputSum, trace.input.length);
  return { input, hiddenBefore, cellBefore };
}

/** x W + b for a row x. */
export function rowTimesMatrix(
  row: Float64Array,
  matrix: Float64Array,
  bias: Float64Array,
): Float64Array {
  const result = bias.slice();
  for (let i = 0; i < row.length; i++) {
    if (row[i] === 0) continue;
    for (let j = 0; j < result.length; j++) result[j] += row[i] * matrix[i * result.length + j];
  }
  return result;
}

/** W d for a column d: the gradient of the row. */
export function matrixTimesColumn(
  matrix: Float64Array,
  column: Float64Array,
  rows: number,
): Float64Array {
  const result = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < column.length; j++) result[i] += matrix[i * column.length + j] * column[j];
  }
  return result;
}

/** Adds the product of a column x and a row d: the gradient of the matrix. */
export function addOuter(target: Float64Array, column: Float64Array, row: Float64Array): void {
  for (let i = 0; i < column.length; i++) {
    if (column[i] === 0) continue;
    for (let j = 0; j < row.length; j++) target[i * row.length + j] += column[i] * row[j];
  }
}

/** Adds one array to another. */
export function addTo(target: Float64Array, source: ArrayLike<number>): void {
  for (let i = 0; i < target.length; i++) target[i] += source[i];
}

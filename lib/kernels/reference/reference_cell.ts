import { type CellKind, gateCount, type LayerParameters } from "lib/kernels/network_config.ts";

/** One layer's parameters, matrices row by row. */
export type LayerArrays = LayerParameters<Float64Array>;

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

/** Gradients with respect to the states after a step, [H] each. */
export interface StateGradient {
  readonly hidden: Float64Array;
  /** Zeros where there is no cell state. */
  readonly cell: Float64Array;
}

/** The states' gradients before the step, and that of the input, [inputSize]. */
export interface CellGradients extends StateGradient {
  readonly input: Float64Array;
}

/** What a gradient leaves inside a step, unit by unit, before it passes through a matrix. */
export interface SumGradients {
  /** Of x W + b and of h U + recurrentBias, [G*H]: they differ in the GRU's candidate. */
  readonly inputSum: Float64Array;
  readonly recurrentSum: Float64Array;
  /** Of the cell state after the step, the hidden state's share included. */
  readonly cellAfter: Float64Array;
  /** Of the states before it along the paths that pass by the matrices. */
  readonly hiddenBefore: Float64Array;
  readonly cellBefore: Float64Array;
}

/** 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

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
  const sums = sumGradients(kind, trace, { hidden: dHidden, cell: dCell });
  addOuter(gradients.inputWeights, trace.input, sums.inputSum);
  addOuter(gradients.recurrentWeights, trace.hiddenBefore, sums.recurrentSum);
  addTo(gradients.bias, sums.inputSum);
  if (gradients.recurrentBias) addTo(gradients.recurrentBias, sums.recurrentSum);
  const input = matrixTimesColumn(weights.inputWeights, sums.inputSum, trace.input.length);
  return { input, ...throughRecurrence(weights, sums) };
}

/** The vector-Jacobian product of a step: the gradient of the states before it from that after it. */
export function vectorJacobianProduct(
  kind: CellKind,
  weights: LayerArrays,
  { trace, gradient }: { trace: CellTrace; gradient: StateGradient },
): StateGradient {
  return throughRecurrence(weights, sumGradients(kind, trace, gradient));
}

function throughRecurrence(
  { recurrentWeights }: LayerArrays,
  { recurrentSum, hiddenBefore, cellBefore }: SumGradients,
): StateGradient {
  const hidden = matrixTimesColumn(recurrentWeights, recurrentSum, hiddenBefore.length);
  addTo(hidden, hiddenBefore);
  return { hidden, cell: cellBefore };
}

/** The chain rule inside a step; the one place that differentiates the cells' equations in float64. */
export function sumGradients(
  kind: CellKind,
  trace: CellTrace,
  { hidden, cell }: StateGradient,
): SumGradients {
  const size = hidden.length;
  const inputSum = new Float64Array(gateCount(kind) * size);
  const own = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const [cellAfter, hiddenBefore, cellBefore] = own;
  const flow = { inputSum, recurrentSum: inputSum, cellAfter, hiddenBefore, cellBefore };
  if (kind === "lstm") return lstmSumGradients(trace, { hidden, cell }, flow);
  if (kind === "gru") {
    return gruSumGradients(trace, hidden, { ...flow, recurrentSum: new Float64Array(3 * size) });
  }
  for (let j = 0; j < size; j++) inputSum[j] = hidden[j] * vanillaSlope(kind, trace.hidden[j]);
  return flow;
}

/** The slope of a vanilla cell's activation, from its value. */
function vanillaSlope(kind: CellKind, hidden: number): number {
  if (kind === "rnn-tanh") return 1 - hidden * hidden;
  if (kind === "rnn-relu") return hidden > 0 ? 1 : 0;
  return hidden * (1 - hidden);
}

function gruSumGradients(
  { gates, recurrent, hiddenBefore: before }: CellTrace,
  hidden: Float64Array,
  flow: SumGradients,
): SumGradients {
  const { inputSum, recurrentSum, hiddenBefore } = flow;
  const size = hidden.length;
  for (let j = 0; j < size; j++) {
    const r = gates[j], z = gates[size + j], n = gates[2 * size + j];
    const dn = hidden[j] * (1 - z) * (1 - n * n);
    inputSum[j] = recurrentSum[j] = dn * recurrent[2 * size + j] * r * (1 - r);
    inputSum[size + j] = recurrentSum[size + j] = hidden[j] * (before[j] - n) * z * (1 - z);
    inputSum[2 * size + j] = dn;
    recurrentSum[2 * size + j] = dn * r;
    hiddenBefore[j] = hidden[j] * z;
  }
  return flow;
}

function lstmSumGradients(
  trace: CellTrace,
  { hidden, cell }: StateGradient,
  flow: SumGradients,
): SumGradients {
  const { inputSum, cellAfter, cellBefore } = flow;
  const { gates } = trace;
  const size = hidden.length;
  for (let j = 0; j < size; j++) {
    const i = gates[j], f = gates[size + j], g = gates[2 * size + j], o = gates[3 * size + j];
    const squashed = Math.tanh(trace.cell[j]);
    const dc = cellAfter[j] = cell[j] + hidden[j] * o * (1 - squashed * squashed);
    inputSum[j] = dc * g * i * (1 - i);
    inputSum[size + j] = dc * trace.cellBefore[j] * f * (1 - f);
    inputSum[2 * size + j] = dc * i * (1 - g * g);
    inputSum[3 * size + j] = hidden[j] * squashed * o * (1 - o);
    cellBefore[j] = dc * f;
  }
  return flow;
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

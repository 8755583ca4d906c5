import type { CellKind } from "lib/kernels/network_config.ts";
import { type CellTrace, sumGradients } from "lib/kernels/reference/reference_cell.ts";

/**
 * The derivative of the state after a time step by the state before it, [S, S] row by row: element
 * (i, j) is d s_t,i / d s_(t-1),j. The state is h, for an LSTM (h, c), so S = 2 H there.
 *
 * Its parts are those of the vector-Jacobian product: within a step each unit stands for itself, so the
 * gradients inside it for ones at every unit are the factors of every row.
 */
export function stepJacobian(
  kind: CellKind,
  recurrentWeights: Float64Array,
  trace: CellTrace,
): Float64Array {
  const size = trace.hidden.length;
  const ones = new Float64Array(size).fill(1), zeros = new Float64Array(size);
  const byHidden = sumGradients(kind, trace, { hidden: ones, cell: zeros });
  if (kind === "lstm") {
    const byCell = sumGradients(kind, trace, { hidden: zeros, cell: ones });
    return lstmJacobian(recurrentWeights, byHidden, byCell);
  }
  const { recurrentSum, hiddenBefore } = byHidden;
  const width = recurrentSum.length;
  const jacobian = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let gate = i; gate < width; gate += size) {
        sum += recurrentSum[gate] * recurrentWeights[j * width + gate];
      }
      jacobian[i * size + j] = sum;
    }
    jacobian[i * size + i] += hiddenBefore[i];
  }
  return jacobian;
}

/** d c' by its three gates and the old cell state; d h' by d c' and the output gate. */
function lstmJacobian(
  recurrentWeights: Float64Array,
  byHidden: ReturnType<typeof sumGradients>,
  byCell: ReturnType<typeof sumGradients>,
): Float64Array {
  const size = byHidden.hiddenBefore.length, state = 2 * size, width = 4 * size;
  const jacobian = new Float64Array(state * state);
  for (let i = 0; i < size; i++) {
    const [hiddenRow, cellRow, output] = [i * state, (size + i) * state, 3 * size + i];
    const toCell = byHidden.cellAfter[i];
    for (let j = 0; j < size; j++) {
      let cell = 0;
      for (let gate = i; gate < output; gate += size) {
        cell += byCell.recurrentSum[gate] * recurrentWeights[j * width + gate];
      }
      jacobian[cellRow + j] = cell;
      const byOutput = byHidden.recurrentSum[output] * recurrentWeights[j * width + output];
      jacobian[hiddenRow + j] = toCell * cell + byOutput;
    }
    jacobian[cellRow + size + i] = byCell.cellBefore[i];
    jacobian[hiddenRow + size + i] = byHidden.cellBefore[i];
  }
  return jacobian;
}

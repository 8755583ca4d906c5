import type { CellKind } from "lib/kernels/network_config.ts";
import type { CellTrace } from "lib/kernels/reference/reference_cell.ts";

/**
 * The derivative of the state after a time step by the state before it, [S, S] row by row: element
 * (i, j) is d s_t,i / d s_(t-1),j. The state is h, for an LSTM (h, c), so S = 2 H there.
 *
 * With U [H, G*H] and the gates of the trace: vanilla, d h = phi' U^T. GRU, d h = z + ((1 - z)(1 - n^2)
 * (r Un + q r (1 - r) Ur) + (h - n) z (1 - z) Uz)^T. LSTM, d c = f by c and
 * (g i (1 - i) Ui + c f (1 - f) Uf + i (1 - g^2) Ug)^T by h; d h = o (1 - tanh^2 c') d c + tanh(c') o (1 - o) Uo^T.
 */
export function stepJacobian(
  kind: CellKind,
  recurrentWeights: Float64Array,
  trace: CellTrace,
): Float64Array {
  const size = trace.hidden.length;
  if (kind === "lstm") return lstmJacobian(recurrentWeights, trace);
  const jacobian = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const shares = kind === "gru" ? gruShares(trace, i) : [vanillaSlope(kind, trace.hidden[i])];
    const width = shares.length * size;
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let gate = 0; gate < shares.length; gate++) {
        sum += shares[gate] * recurrentWeights[j * width + gate * size + i];
      }
      jacobian[i * size + j] = sum;
    }
    if (kind === "gru") jacobian[i * size + i] += trace.gates[size + i];
  }
  return jacobian;
}

function vanillaSlope(kind: CellKind, hidden: number): number {
  if (kind === "rnn-tanh") return 1 - hidden * hidden;
  if (kind === "rnn-relu") return hidden > 0 ? 1 : 0;
  return hidden * (1 - hidden);
}

/** d h'_i by the recurrent products of r, z and n. */
function gruShares({ gates, recurrent, hiddenBefore }: CellTrace, i: number): number[] {
  const size = hiddenBefore.length;
  const r = gates[i], z = gates[size + i], n = gates[2 * size + i];
  const open = (1 - z) * (1 - n * n);
  return [
    open * recurrent[2 * size + i] * r * (1 - r),
    (hiddenBefore[i] - n) * z * (1 - z),
    open * r,
  ];
}

function lstmJacobian(recurrentWeights: Float64Array, trace: CellTrace): Float64Array {
  const size = trace.hidden.length, state = 2 * size, width = 4 * size;
  const jacobian = new Float64Array(state * state);
  for (let unit = 0; unit < size; unit++) {
    const [i, f, g, o] = [0, 1, 2, 3].map((gate) => trace.gates[gate * size + unit]);
    const squashed = Math.tanh(trace.cell[unit]);
    const toHidden = o * (1 - squashed * squashed);
    const byInput = g * i * (1 - i), byForget = trace.cellBefore[unit] * f * (1 - f);
    const byCandidate = i * (1 - g * g), byOutput = squashed * o * (1 - o);
    const hiddenRow = unit * state, cellRow = (size + unit) * state;
    for (let j = 0; j < size; j++) {
      const from = j * width + unit;
      const cell = byInput * recurrentWeights[from] + byForget * recurrentWeights[from + size] +
        byCandidate * recurrentWeights[from + 2 * size];
      jacobian[cellRow + j] = cell;
      jacobian[hiddenRow + j] = toHidden * cell + byOutput * recurrentWeights[from + 3 * size];
    }
    jacobian[cellRow + size + unit] = f;
    jacobian[hiddenRow + size + unit] = toHidden * f;
  }
  return jacobian;
}

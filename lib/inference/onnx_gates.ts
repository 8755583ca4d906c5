import { type CellKind, gateCount } from "lib/kernels/network_config.ts";

/** Our gate at each of ONNX's places. LSTM: ours i f g o, ONNX's i o f c. GRU: r z n, and z r h. */
const GATE_AT_PLACE: Record<CellKind, readonly number[]> = {
  "rnn-tanh": [0],
  "rnn-relu": [0],
  "rnn-sigmoid": [0],
  "gru": [1, 0, 2],
  "lstm": [0, 3, 1, 2],
};

/** A matrix whose columns, [rows, G * hiddenSize], are a cell's gates. */
export interface GateShape {
  readonly cell: CellKind;
  readonly rows: number;
  readonly hiddenSize: number;
}

/**
 * A matrix of ours, [rows, G * hiddenSize], as ONNX has it: transposed, [G * hiddenSize, rows], the gates
 * in ONNX's order. A bias is a matrix of one row.
 *
 * Numbers are moved and never computed with, so `fromOnnxGates` gives back the same bits.
 * Source: operators LSTM ("W[iofc]") and GRU ("W[zrh]"), https://onnx.ai/onnx/operators/.
 */
export function toOnnxGates(values: Float32Array, shape: GateShape): Float32Array {
  return moved(values, shape, (ours, onnx) => ({ from: ours, to: onnx }));
}

/** The inverse of `toOnnxGates`: [G * hiddenSize, rows] to [rows, G * hiddenSize]. */
export function fromOnnxGates(values: Float32Array, shape: GateShape): Float32Array {
  return moved(values, shape, (ours, onnx) => ({ from: onnx, to: ours }));
}

function moved(
  values: Float32Array,
  { cell, rows, hiddenSize }: GateShape,
  direction: (ours: number, onnx: number) => { from: number; to: number },
): Float32Array {
  const width = gateCount(cell) * hiddenSize;
  const result = new Float32Array(values.length);
  GATE_AT_PLACE[cell].forEach((gate, place) => {
    for (let unit = 0; unit < hiddenSize; unit++) {
      for (let row = 0; row < rows; row++) {
        const ours = row * width + gate * hiddenSize + unit;
        const { from, to } = direction(ours, (place * hiddenSize + unit) * rows + row);
        result[to] = values[from];
      }
    }
  });
  return result;
}

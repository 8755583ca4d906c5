import { Matrix, QrDecomposition } from "ml-matrix";
import { randomNormal } from "lib/random/normal.ts";
import type { Random } from "lib/random/random_stream.ts";

/** Draws a matrix [rows, columns], row-major. */
export type Initialiser = (rows: number, columns: number, random: Random) => Float32Array;

/** Independent normal weights N(0, standardDeviation^2); D2L's RNN from scratch uses 0.01. */
export function gaussian(standardDeviation: number): Initialiser {
  return (rows, columns, random) => {
    const draw = randomNormal(random);
    return filled(rows * columns, () => standardDeviation * draw());
  };
}

/** Uniform in +-limit. PyTorch's recurrent layers use 1 / sqrt(hiddenSize). */
export function uniform(limit: number): Initialiser {
  return (rows, columns, random) => filled(rows * columns, () => limit * (2 * random() - 1));
}

/** Uniform with variance 2 / (rows + columns) (Glorot and Bengio 2010, equation 16). */
export function glorot(): Initialiser {
  return (rows, columns, random) => uniform(Math.sqrt(6 / (rows + columns)))(rows, columns, random);
}

/**
 * gain times a uniformly random orthogonal matrix (Saxe, McClelland, Ganguli 2014): every singular
 * value equals gain. Rectangular shapes get orthonormal rows or columns, whichever are fewer.
 */
export function orthogonal(gain = 1): Initialiser {
  return (rows, columns, random) => {
    const draw = randomNormal(random);
    const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
    const gaussianMatrix = Matrix.zeros(long, short);
    for (let i = 0; i < long; i++) for (let j = 0; j < short; j++) gaussianMatrix.set(i, j, draw());
    const qr = new QrDecomposition(gaussianMatrix);
    const { orthogonalMatrix: q, upperTriangularMatrix: r } = qr;
    // The sign of R's diagonal is the solver's choice; fixing it makes the draw uniform (Mezzadri 2007).
    const at = (i: number, j: number) => gain * q.get(i, j) * (r.get(j, j) < 0 ? -1 : 1);
    return Float32Array.from({ length: rows * columns }, (_, index) => {
      const [i, j] = [Math.floor(index / columns), index % columns];
      return rows >= columns ? at(i, j) : at(j, i);
    });
  };
}

/** scale times the identity (Le, Jaitly, Hinton 2015); zeros off the diagonal of a rectangle. */
export function identity(scale = 1): Initialiser {
  return (rows, columns) =>
    Float32Array.from(
      { length: rows * columns },
      (_, index) => Math.floor(index / columns) === index % columns ? scale : 0,
    );
}

/** Zeros. */
export function zeros(): Initialiser {
  return (rows, columns) => new Float32Array(rows * columns);
}

/** As `Float32Array.from` with a callback, which is several times slower. */
function filled(length: number, next: () => number): Float32Array {
  const values = new Float32Array(length);
  for (let i = 0; i < length; i++) values[i] = next();
  return values;
}

/** A matrix [rows, gates * hiddenSize] whose gates' blocks are drawn one after the other. */
export function drawGates(
  initialiser: Initialiser,
  { rows, hiddenSize, gates, random }: {
    rows: number;
    hiddenSize: number;
    gates: number;
    random: Random;
  },
): Float32Array {
  const width = gates * hiddenSize;
  const values = new Float32Array(rows * width);
  for (let gate = 0; gate < gates; gate++) {
    const block = initialiser(rows, hiddenSize, random);
    for (let row = 0; row < rows; row++) {
      const source = block.subarray(row * hiddenSize, (row + 1) * hiddenSize);
      values.set(source, row * width + gate * hiddenSize);
    }
  }
  return values;
}

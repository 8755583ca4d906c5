/** A row-major matrix of doubles inside a larger array, from `start` on. */
export interface MatrixView {
  readonly values: Float64Array;
  readonly start?: number;
}

/** Sizes of a product, and where it is added. */
export interface ProductInto {
  readonly into: MatrixView;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/** C += A B, with A [rows, inner], B [inner, columns], C [rows, columns]. */
export function addProduct(a: MatrixView, b: MatrixView, sizes: ProductInto): void {
  const { into, rows, inner, columns } = sizes;
  const [aStart, zStart] = [a.start ?? 0, into.start ?? 0];
  for (let row = 0; row < rows; row++) {
    const factors = { values: a.values, start: aStart + row * inner, step: 1 };
    addRows(into.values, zStart + row * columns, { factors, rows: b, count: inner, columns });
  }
}

/** C += A^T B, with A [rows, inner], B [rows, columns], C [inner, columns]: a weight's gradient. */
export function addTransposedProduct(a: MatrixView, b: MatrixView, sizes: ProductInto): void {
  const { into, rows, inner, columns } = sizes;
  const [aStart, zStart] = [a.start ?? 0, into.start ?? 0];
  for (let k = 0; k < inner; k++) {
    const factors = { values: a.values, start: aStart + k, step: inner };
    addRows(into.values, zStart + k * columns, { factors, rows: b, count: rows, columns });
  }
}

/** Adds the weighted sum of `count` rows to one row, four at a time: a sum is loaded and stored once in four. */
function addRows(
  z: Float64Array,
  out: number,
  { factors, rows, count, columns }: {
    factors: { values: Float64Array; start: number; step: number };
    rows: MatrixView;
    count: number;
    columns: number;
  },
): void {
  const { values: x, start, step } = factors;
  const y = rows.values;
  let from = rows.start ?? 0;
  let k = 0;
  for (; k + 4 <= count; k += 4, from += 4 * columns) {
    const at = start + k * step;
    const [f0, f1, f2, f3] = [x[at], x[at + step], x[at + 2 * step], x[at + 3 * step]];
    const [y1, y2, y3] = [from + columns, from + 2 * columns, from + 3 * columns];
    for (let j = 0; j < columns; j++) {
      z[out + j] += f0 * y[from + j] + f1 * y[y1 + j] + f2 * y[y2 + j] + f3 * y[y3 + j];
    }
  }
  for (; k < count; k++, from += columns) {
    const factor = x[start + k * step];
    for (let j = 0; j < columns; j++) z[out + j] += factor * y[from + j];
  }
}

/** The transpose of a matrix [rows, columns]. */
export function transposed(values: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < columns; j++) result[j * rows + row] = values[row * columns + j];
  }
  return result;
}

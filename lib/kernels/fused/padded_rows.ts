/** Rows of `width` elements that lie `padded` elements apart. */
export interface PaddedRows {
  readonly rows: number;
  readonly width: number;
  readonly padded: number;
}

/** Copies rows out of their padding, to element `first` of the target on. */
export function readPadded(
  target: Float32Array,
  source: Float32Array,
  { rows, width, padded }: PaddedRows,
  first = 0,
): void {
  for (let row = 0; row < rows; row++) {
    const to = first + row * width, from = row * padded;
    for (let i = 0; i < width; i++) target[to + i] = source[from + i];
  }
}

/** Copies rows from element `first` of the source on into their padding, which is set to zero. */
export function writePadded(
  target: Float32Array,
  source: ArrayLike<number>,
  { rows, width, padded }: PaddedRows,
  first = 0,
): void {
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) target[row * padded + i] = source[first + row * width + i];
    for (let i = width; i < padded; i++) target[row * padded + i] = 0;
  }
}

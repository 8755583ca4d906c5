// Double precision for the probes: a matrix product, and the reduction of a matrix to two diagonals
// that has the same singular values. Matrices lie row by row, their widths even.

// @ts-ignore: decorator
@inline
function multiplyAdd2(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f64x2.relaxed_madd(a, b, c);
  return f64x2.add(f64x2.mul(a, b), c);
}

/**
 * C = A B for A [rows, depth] and B [depth, columns], `columns` a multiple of 4 and `rows` too.
 * `panel` is room for four columns of B.
 */
export function multiplyDoubles(
  a: usize,
  b: usize,
  c: usize,
  rows: i32,
  depth: i32,
  columns: i32,
  panel: usize,
): void {
  const aStride = <usize>depth << 3, bStride = <usize>columns << 3;
  for (let column = 0; column < columns; column += 4) {
    let from = b + (<usize>column << 3);
    const end = panel + (<usize>depth << 5);
    for (let to = panel; to < end; to += 32, from += bStride) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
    }
    for (let row = 0; row < rows; row += 4) {
      let a0 = a + <usize>row * aStride;
      let c00 = f64x2.splat(0), c01 = c00, c10 = c00, c11 = c00;
      let c20 = c00, c21 = c00, c30 = c00, c31 = c00;
      for (let at = panel; at < end; at += 32, a0 += 8) {
        const b0 = v128.load(at), b1 = v128.load(at, 16);
        let s = v128.load64_splat(a0);
        c00 = multiplyAdd2(s, b0, c00);
        c01 = multiplyAdd2(s, b1, c01);
        s = v128.load64_splat(a0 + aStride);
        c10 = multiplyAdd2(s, b0, c10);
        c11 = multiplyAdd2(s, b1, c11);
        s = v128.load64_splat(a0 + 2 * aStride);
        c20 = multiplyAdd2(s, b0, c20);
        c21 = multiplyAdd2(s, b1, c21);
        s = v128.load64_splat(a0 + 3 * aStride);
        c30 = multiplyAdd2(s, b0, c30);
        c31 = multiplyAdd2(s, b1, c31);
      }
      const to = c + <usize>row * bStride + (<usize>column << 3);
      v128.store(to, c00);
      v128.store(to, c01, 16);
      v128.store(to + bStride, c10);
      v128.store(to + bStride, c11, 16);
      v128.store(to + 2 * bStride, c20);
      v128.store(to + 2 * bStride, c21, 16);
      v128.store(to + 3 * bStride, c30);
      v128.store(to + 3 * bStride, c31, 16);
    }
  }
}

/** Sum of squares of `count` numbers `stride` bytes apart. */
function squares(from: usize, count: i32, stride: usize): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < count; i++, from += stride) {
    const value = load<f64>(from);
    sum += value * value;
  }
  return sum;
}

/**
 * Golub and Kahan's bidiagonalisation of A [size, size], `size` even, by reflections from both sides
 * in turn. Leaves the diagonal and the one above it; A is overwritten. `row` is room for `size`
 * numbers.
 */
export function bidiagonalise(a: usize, size: i32, diagonal: usize, above: usize, row: usize): void {
  const stride = <usize>size << 3;
  for (let k = 0; k < size; k++) {
    const corner = a + <usize>k * (stride + 8);
    store<f64>(diagonal + (<usize>k << 3), reflectColumn(a, size, k, corner, row));
    if (k + 1 < size) {
      store<f64>(above + (<usize>k << 3), reflectRow(a, size, k, corner));
    }
  }
}

/** Reflects rows k .. so that column k ends at its corner; returns the corner. */
function reflectColumn(a: usize, size: i32, k: i32, corner: usize, sums: usize): f64 {
  const stride = <usize>size << 3, count = size - k;
  const total = squares(corner, count, stride);
  const head = load<f64>(corner);
  const length = head > 0 ? -sqrt(total) : sqrt(total);
  if (total == 0) return 0;
  // The reflection's vector is the column with its head less `length`.
  store<f64>(corner, head - length);
  const factor = 1 / (length * (length - head));
  const start = (k + 1) & ~1;
  const first = <usize>start << 3;
  memory.fill(sums + first, 0, stride - first);
  for (let i = k; i < size; i++) {
    const from = a + <usize>i * stride;
    const weight = f64x2.splat(load<f64>(from + (<usize>k << 3)));
    for (let at = first; at < stride; at += 16) {
      v128.store(sums + at, multiplyAdd2(weight, v128.load(from + at), v128.load(sums + at)));
    }
  }
  for (let i = k; i < size; i++) {
    const to = a + <usize>i * stride;
    const weight = f64x2.splat(-factor * load<f64>(to + (<usize>k << 3)));
    for (let at = first; at < stride; at += 16) {
      v128.store(to + at, multiplyAdd2(weight, v128.load(sums + at), v128.load(to + at)));
    }
  }
  return length;
}

/** Reflects columns k + 1 .. so that row k ends right of its corner; returns that element. */
function reflectRow(a: usize, size: i32, k: i32, corner: usize): f64 {
  const stride = <usize>size << 3;
  const vector = corner + 8;
  const total = squares(vector, size - k - 1, 8);
  const head = load<f64>(vector);
  const length = head > 0 ? -sqrt(total) : sqrt(total);
  if (total == 0) return 0;
  store<f64>(vector, head - length);
  const factor = 1 / (length * (length - head));
  // From an even place on; what lies left of the vector is done with and set to zero in its row.
  const start = (k + 1) & ~1;
  const base = a + <usize>k * stride + (<usize>start << 3);
  if (start == k) store<f64>(base, 0);
  const end = a + <usize>(k + 1) * stride;
  for (let i = k + 1; i < size; i++) {
    const shift = <usize>(i - k) * stride;
    let sum = f64x2.splat(0);
    for (let at = base; at < end; at += 16) {
      sum = multiplyAdd2(v128.load(at), v128.load(at + shift), sum);
    }
    const dot = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
    const weight = f64x2.splat(-factor * dot);
    for (let at = base; at < end; at += 16) {
      v128.store(at + shift, multiplyAdd2(weight, v128.load(at), v128.load(at + shift)));
    }
  }
  return length;
}

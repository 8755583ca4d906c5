/**
 * Singular values of a matrix that is zero but for its diagonal and the one above it, largest first.
 *
 * Implicit QR steps with Wilkinson's shift on the square of the matrix, never formed (Golub and
 * Reinsch 1970). `diagonal` [n] and `above` [n - 1] are overwritten. Values below 1e-16 of the largest
 * are rounding.
 *
 * @throws {Error} if a value does not settle: an element is not finite.
 */
export function bidiagonalValues(diagonal: Float64Array, above: Float64Array): Float64Array {
  const size = diagonal.length;
  const largest = [...diagonal, ...above].reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const tiny = largest * 2 ** -53;
  let steps = 0;
  for (let last = size - 1; last > 0;) {
    if (Math.abs(above[last - 1]) <= tiny) {
      last--;
      continue;
    }
    if (++steps > 60 * size) throw new Error("Cannot find singular values: they do not settle.");
    let first = last - 1;
    while (first > 0 && Math.abs(above[first - 1]) > tiny) first--;
    const zero = zeroOnDiagonal(diagonal, { first, last, tiny });
    if (zero === last) chaseUp(diagonal, above, { first, last });
    else if (zero >= 0) chaseRight(diagonal, above, { zero, last });
    else shiftedStep(diagonal, above, { first, last });
  }
  return diagonal.map(Math.abs).sort().reverse();
}

interface Block {
  readonly first: number;
  readonly last: number;
}

function zeroOnDiagonal(diagonal: Float64Array, { first, last, tiny }: Block & { tiny: number }) {
  for (let i = last; i >= first; i--) if (Math.abs(diagonal[i]) <= tiny) return i;
  return -1;
}

/** A zero on the diagonal lets the element beside it be rotated away to the right. */
function chaseRight(
  diagonal: Float64Array,
  above: Float64Array,
  { zero, last }: { zero: number; last: number },
): void {
  diagonal[zero] = 0;
  let bulge = above[zero];
  above[zero] = 0;
  for (let i = zero + 1; i <= last && bulge !== 0; i++) {
    const length = Math.hypot(bulge, diagonal[i]);
    const sine = bulge / length, cosine = diagonal[i] / length;
    diagonal[i] = length;
    if (i === last) break;
    bulge = -sine * above[i];
    above[i] *= cosine;
  }
}

/** The same upwards for a zero at the block's end. */
function chaseUp(diagonal: Float64Array, above: Float64Array, { first, last }: Block): void {
  diagonal[last] = 0;
  let bulge = above[last - 1];
  above[last - 1] = 0;
  for (let i = last - 1; i >= first && bulge !== 0; i--) {
    const length = Math.hypot(bulge, diagonal[i]);
    const sine = bulge / length, cosine = diagonal[i] / length;
    diagonal[i] = length;
    if (i === first) break;
    bulge = -sine * above[i - 1];
    above[i - 1] *= cosine;
  }
}

/** One implicit QR step on the block: rotations from both sides chase a bulge down the diagonal. */
function shiftedStep(diagonal: Float64Array, above: Float64Array, { first, last }: Block): void {
  const dEnd = diagonal[last], dBefore = diagonal[last - 1];
  const eEnd = above[last - 1], eBefore = last - 1 > first ? above[last - 2] : 0;
  // The eigenvalue of the squared matrix's last 2 x 2 block that lies nearer its end.
  const a = dBefore * dBefore + eBefore * eBefore, c = dEnd * dEnd + eEnd * eEnd;
  const b = dBefore * eEnd, half = (a - c) / 2;
  const root = Math.hypot(half, b);
  const shift = root === 0 ? c : c - b * b / (half + (half >= 0 ? root : -root));
  let y = diagonal[first] - shift / diagonal[first], z = above[first];
  for (let i = first; i < last; i++) {
    let length = Math.hypot(y, z) || 1;
    let cosine = y / length, sine = z / length;
    if (i > first) above[i - 1] = length;
    y = cosine * diagonal[i] + sine * above[i];
    above[i] = cosine * above[i] - sine * diagonal[i];
    z = sine * diagonal[i + 1];
    diagonal[i + 1] *= cosine;
    length = Math.hypot(y, z) || 1;
    cosine = y / length;
    sine = z / length;
    diagonal[i] = length;
    y = cosine * above[i] + sine * diagonal[i + 1];
    diagonal[i + 1] = cosine * diagonal[i + 1] - sine * above[i];
    if (i + 1 < last) {
      z = sine * above[i + 1];
      above[i + 1] *= cosine;
    }
  }
  above[last - 1] = y;
}

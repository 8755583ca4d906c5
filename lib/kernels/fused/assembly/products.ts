import { packColumns, packPanels, packRows, sumPanels } from "./packing";
import { multiplyAtOnce, multiplyPacked, panelsAtOnce } from "./panel_products";

/**
 * C[g] (+)= A[g] B for `groups` blocks of rows that lie `aGroupStride` and `cGroupStride` bytes
 * apart (the time steps of a slice). As many blocks as fit in `budget` bytes are packed together,
 * so that each panel of B is fetched once for all of them.
 */
export function multiplyGroups(
  packed: usize,
  budget: usize,
  groups: i32,
  rows: i32,
  depth: i32,
  a: usize,
  aGroupStride: usize,
  aRowStride: usize,
  b: usize,
  panels: i32,
  c: usize,
  cGroupStride: usize,
  cRowStride: usize,
  fresh: bool,
): void {
  if (aGroupStride == <usize>rows * aRowStride && cGroupStride == <usize>rows * cRowStride) {
    // The blocks are neighbours: cut the rows anew, so that no block ends in a narrow tile.
    const total = groups * rows;
    const most = max<i32>(20, <i32>(budget / (<usize>depth << 2)));
    rows = min(total, most - most % 20);
    groups = total / rows;
    const rest = total - groups * rows;
    aGroupStride = <usize>rows * aRowStride;
    cGroupStride = <usize>rows * cRowStride;
    if (rest > 0) {
      const restA = a + <usize>groups * aGroupStride, restC = c + <usize>groups * cGroupStride;
      packRows(packed, restA, rest, aRowStride, depth);
      multiplyPacked(packed, rest, depth, b, panels, restC, cRowStride, 32, fresh);
    }
  }
  const groupBytes = <usize>(rows * depth) << 2;
  const panelBytes = <usize>depth << 5;
  const together = max<i32>(1, <i32>(budget / groupBytes));
  for (let g = 0; g < groups; g += together) {
    const count = min(together, groups - g);
    for (let i = 0; i < count; i++) {
      packRows(
        packed + <usize>i * groupBytes,
        a + <usize>(g + i) * aGroupStride,
        rows,
        aRowStride,
        depth,
      );
    }
    if (count == 1) {
      const to = c + <usize>g * cGroupStride;
      multiplyPacked(packed, rows, depth, b, panels, to, cRowStride, 32, fresh);
      continue;
    }
    for (let p = 0, some = 0; p < panels; p += some) {
      some = panelsAtOnce(panels - p);
      const panel = b + <usize>p * panelBytes;
      let to = c + <usize>g * cGroupStride + (<usize>p << 5);
      for (let i = 0; i < count; i++) {
        const from = packed + <usize>i * groupBytes;
        multiplyAtOnce(from, rows, depth, panel, some, to, cRowStride, 32, fresh);
        to += cGroupStride;
      }
    }
  }
}

/** Panels of B that are packed at a time in a product over rows. */
const PANELS = 8;

/** Rows of A and B that are packed at a time: more where A is narrow enough for the cache. */
// @ts-ignore: decorator
@inline
function depthFor(rows: i32): i32 {
  return rows <= 192 ? 512 : 256;
}

/**
 * C (+)= A^T B, summed over `count` rows of A [count, rows] and B [count, 8 * panels]. C is in
 * panels [rows, 8]. `sums` takes the sums of B's columns, unless 0. `other`, unless 0, is a second A
 * of `otherRows` columns with a C of its own.
 */
export function multiplyOverRows(
  packedRows: usize,
  packedPanels: usize,
  count: i32,
  a: usize,
  aStride: usize,
  rows: i32,
  b: usize,
  bStride: usize,
  panels: i32,
  c: usize,
  fresh: bool,
  sums: usize,
  other: usize = 0,
  otherStride: usize = 0,
  otherRows: i32 = 0,
  otherC: usize = 0,
): void {
  const step = depthFor(max(rows, otherRows));
  for (let k = 0; k < count; k += step) {
    const depth = min(step, count - k);
    const first = fresh && k == 0;
    packColumns(packedRows, a + <usize>k * aStride, rows, aStride, depth);
    const otherPacked = packedRows + (<usize>(rows * depth) << 2) + 64;
    if (other != 0) {
      packColumns(otherPacked, other + <usize>k * otherStride, otherRows, otherStride, depth);
    }
    for (let p = 0; p < panels; p += PANELS) {
      const some = min(PANELS, panels - p);
      const from = b + <usize>k * bStride + (<usize>p << 5);
      packPanels(packedPanels, from, some, bStride, depth);
      if (sums != 0) sumPanels(sums + (<usize>p << 5), packedPanels, some, depth, first);
      const to = c + <usize>(p * rows) * 32;
      multiplyPacked(packedRows, rows, depth, packedPanels, some, to, 32, <usize>rows << 5, first);
      if (other == 0) continue;
      const otherTo = otherC + <usize>(p * otherRows) * 32;
      const stride = <usize>otherRows << 5;
      multiplyPacked(otherPacked, otherRows, depth, packedPanels, some, otherTo, 32, stride, first);
    }
  }
}

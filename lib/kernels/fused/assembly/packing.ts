// Copies into the order in which the tiles read: A as tiles [k][row], B as panels [k][8].

/** How many tiles of five rows a product of `rows` rows starts with; tiles of four follow. */
// @ts-ignore: decorator
@inline
export function fives(rows: i32): i32 {
  const fours = (5 - rows % 5) % 5;
  const rest = rows - 4 * fours;
  return rest >= 0 ? rest / 5 : rows / 5;
}

/** How many tiles of four rows follow; up to three rows are left after them. */
// @ts-ignore: decorator
@inline
export function fours(rows: i32, fives: i32): i32 {
  return (rows - 5 * fives) >> 2;
}

/** Stores the transpose of four rows of four, each column `step` bytes after the last. */
// @ts-ignore: decorator
@inline
function storeTransposed(target: usize, step: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<i64>(low01, low23, 0, 2));
  v128.store(target + step, v128.shuffle<i64>(low01, low23, 1, 3));
  v128.store(target + 2 * step, v128.shuffle<i64>(high01, high23, 0, 2));
  v128.store(target + 3 * step, v128.shuffle<i64>(high01, high23, 1, 3));
}

/** A as its rows lie in memory. Writes up to 64 bytes more than rows * depth * 4. */
export function packRows(
  target: usize,
  source: usize,
  rows: i32,
  stride: usize,
  depth: i32,
): void {
  const fiveTiles = fives(rows), fourTiles = fours(rows, fiveTiles);
  const tileWords = <usize>depth << 2;
  for (let i = 0; i < fiveTiles; i++) {
    let r0 = source;
    let to = target;
    for (let k = 0; k < depth; k += 4) {
      const r1 = r0 + stride, r2 = r1 + stride, r3 = r2 + stride;
      storeTransposed(to, 20, v128.load(r0), v128.load(r1), v128.load(r2), v128.load(r3));
      const last = v128.load(r3 + stride);
      v128.store_lane<f32>(to, last, 0, 16);
      v128.store_lane<f32>(to, last, 1, 36);
      v128.store_lane<f32>(to, last, 2, 56);
      v128.store_lane<f32>(to, last, 3, 76);
      to += 80;
      r0 += 16;
    }
    source += 5 * stride;
    target += 5 * tileWords;
  }
  for (let i = 0; i < fourTiles; i++) {
    let r0 = source;
    let to = target;
    for (let k = 0; k < depth; k += 4) {
      const r1 = r0 + stride, r2 = r1 + stride, r3 = r2 + stride;
      storeTransposed(to, 16, v128.load(r0), v128.load(r1), v128.load(r2), v128.load(r3));
      to += 64;
      r0 += 16;
    }
    source += 4 * stride;
    target += 4 * tileWords;
  }
  const rest = rows - 5 * fiveTiles - 4 * fourTiles;
  for (let row = 0; row < rest; row++) {
    let to = target + (<usize>row << 2);
    for (let k = 0; k < depth; k++) {
      store<f32>(to, load<f32>(source + (<usize>k << 2)));
      to += <usize>rest << 2;
    }
    source += stride;
  }
}

/** A as the transpose of what lies in memory, [depth, rows]. Writes up to 16 bytes more. */
export function packColumns(
  target: usize,
  source: usize,
  rows: i32,
  stride: usize,
  depth: i32,
): void {
  const fiveTiles = fives(rows), fourTiles = fours(rows, fiveTiles);
  for (let i = 0; i < fiveTiles; i++) {
    let from = source;
    for (let k = 0; k < depth; k++) {
      v128.store(target, v128.load(from));
      store<f32>(target, load<f32>(from, 16), 16);
      target += 20;
      from += stride;
    }
    source += 20;
  }
  for (let i = 0; i < fourTiles; i++) {
    let from = source;
    for (let k = 0; k < depth; k++) {
      v128.store(target, v128.load(from));
      target += 16;
      from += stride;
    }
    source += 16;
  }
  const rest = rows - 5 * fiveTiles - 4 * fourTiles;
  if (rest == 0) return;
  for (let k = 0; k < depth; k++) {
    for (let row = 0; row < rest; row++) {
      store<f32>(target, load<f32>(source + (<usize>row << 2)));
      target += 4;
    }
    source += stride;
  }
}

/**
 * B as its rows lie in memory: `panels` panels of eight columns, each [depth, 8]. Row by row for
 * four panels at a time: rows lie far apart, and each visit costs.
 */
export function packPanels(
  target: usize,
  source: usize,
  panels: i32,
  stride: usize,
  depth: i32,
): void {
  const panelBytes = <usize>depth << 5;
  let p = 0;
  for (; p + 4 <= panels; p += 4, source += 128) {
    const p1 = panelBytes, p2 = p1 + panelBytes, p3 = p2 + panelBytes;
    let from = source;
    for (const end = target + panelBytes; target < end; target += 32, from += stride) {
      v128.store(target, v128.load(from));
      v128.store(target, v128.load(from, 16), 16);
      v128.store(target + p1, v128.load(from, 32));
      v128.store(target + p1, v128.load(from, 48), 16);
      v128.store(target + p2, v128.load(from, 64));
      v128.store(target + p2, v128.load(from, 80), 16);
      v128.store(target + p3, v128.load(from, 96));
      v128.store(target + p3, v128.load(from, 112), 16);
    }
    target += p3;
  }
  for (; p < panels; p++, source += 32) {
    let from = source;
    for (const end = target + panelBytes; target < end; target += 32, from += stride) {
      v128.store(target, v128.load(from));
      v128.store(target, v128.load(from, 16), 16);
    }
  }
}

/** Adds the sums of the columns of packed panels to `target`, or stores them there if `fresh`. */
export function sumPanels(
  target: usize,
  packed: usize,
  panels: i32,
  depth: i32,
  fresh: bool,
): void {
  for (let p = 0; p < panels; p++, target += 32) {
    let low = fresh ? f32x4.splat(0) : v128.load(target);
    let high = fresh ? f32x4.splat(0) : v128.load(target, 16);
    for (const end = packed + (<usize>depth << 5); packed < end; packed += 32) {
      low = f32x4.add(low, v128.load(packed));
      high = f32x4.add(high, v128.load(packed, 16));
    }
    v128.store(target, low);
    v128.store(target, high, 16);
  }
}

/**
 * One panel of the transpose of a matrix that lies in panels of `depth` rows: rows 8 p .. 8 p + 7
 * of all `panels` panels become the columns. Rows from `depth` on count as zero.
 */
export function transposePanel(
  target: usize,
  source: usize,
  panel: i32,
  panels: i32,
  depth: i32,
): void {
  const panelBytes = <usize>depth << 5;
  const rows = min(8, depth - 8 * panel);
  let from = source + (<usize>panel << 8);
  for (let p = 0; p < panels; p++) {
    if (rows == 8) {
      for (let half: usize = 0; half < 32; half += 16) {
        const f = from + half, to = target + (half << 3);
        storeTransposed(
          to,
          32,
          v128.load(f),
          v128.load(f, 32),
          v128.load(f, 64),
          v128.load(f, 96),
        );
        storeTransposed(
          to + 16,
          32,
          v128.load(f, 128),
          v128.load(f, 160),
          v128.load(f, 192),
          v128.load(f, 224),
        );
      }
    } else {
      for (let row = 0; row < 8; row++) {
        for (let column = 0; column < 8; column++) {
          const value = row < rows
            ? load<f32>(from + (<usize>row << 5) + (<usize>column << 2))
            : <f32>0;
          store<f32>(target + (<usize>column << 5) + (<usize>row << 2), value);
        }
      }
    }
    from += panelBytes;
    target += 256;
  }
}

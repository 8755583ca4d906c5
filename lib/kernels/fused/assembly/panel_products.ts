// Products of one packed A with panels of B: which tiles cover them.
import { Plan } from "../plan_layout";
import { fives, fours } from "./packing";
import { size } from "./plan";
import { row3, row4, row6 } from "./row_tiles";
import { tile1, tile2, tile3, tile4, tile5 } from "./tiles";
import { pair4, pair5 } from "./wide_tiles";

/**
 * C (+)= A B for one packed A of `rows` rows and `panels` panels of B, each [depth, 8]. C's rows
 * are `rowStride` and its panels of eight columns `panelStride` bytes apart.
 */
export function multiplyPacked(
  a: usize,
  rows: i32,
  depth: i32,
  b: usize,
  panels: i32,
  c: usize,
  rowStride: usize,
  panelStride: usize,
  fresh: bool,
): void {
  const panelBytes = <usize>depth << 5;
  let p = 0;
  if (rows == 1) {
    for (; p + 6 <= panels; p += 6) {
      row6(a, b, panelBytes, c, panelStride, fresh);
      b += panelBytes * 6;
      c += panelStride * 6;
    }
    for (; p + 4 <= panels; p += 4) {
      row4(a, b, panelBytes, c, panelStride, fresh);
      b += panelBytes << 2;
      c += panelStride << 2;
    }
    for (; p + 3 <= panels; p += 3) {
      row3(a, b, panelBytes, c, panelStride, fresh);
      b += panelBytes * 3;
      c += panelStride * 3;
    }
  }
  for (let some = 0; p < panels; p += some) {
    some = panelsAtOnce(panels - p);
    multiplyAtOnce(a, rows, depth, b, some, c, rowStride, panelStride, fresh);
    b += panelBytes * <usize>some;
    c += panelStride * <usize>some;
  }
}

/** How many of the panels that are left `multiplyAtOnce` takes: two where registers are wide. */
// @ts-ignore: decorator
@inline
export function panelsAtOnce(left: i32): i32 {
  return left > 1 && size(Plan.WideRegisters) ? 2 : 1;
}

/** The same product for one panel of B, or for two. */
export function multiplyAtOnce(
  a: usize,
  rows: i32,
  depth: i32,
  b: usize,
  panels: i32,
  c: usize,
  rowStride: usize,
  panelStride: usize,
  fresh: bool,
): void {
  const fiveTiles = fives(rows), fourTiles = fours(rows, fiveTiles);
  const panelBytes = <usize>depth << 5, end = b + panelBytes;
  for (let i = 0; i < fiveTiles; i++) {
    if (panels == 2) pair5(a, b, panelBytes, c, rowStride, panelStride, fresh);
    else tile5(a, b, end, c, rowStride, fresh);
    a += <usize>depth * 20;
    c += rowStride * 5;
  }
  for (let i = 0; i < fourTiles; i++) {
    if (panels == 2) pair4(a, b, panelBytes, c, rowStride, panelStride, fresh);
    else tile4(a, b, end, c, rowStride, fresh);
    a += <usize>depth << 4;
    c += rowStride << 2;
  }
  const rest = rows - 5 * fiveTiles - 4 * fourTiles;
  for (let panel = 0; panel < panels; panel++, b += panelBytes, c += panelStride) {
    if (rest == 1) tile1(a, b, b + panelBytes, c, fresh, 4);
    else if (rest == 2) tile2(a, b, b + panelBytes, c, rowStride, fresh, 8);
    else if (rest == 3) tile3(a, b, b + panelBytes, c, rowStride, fresh);
  }
}

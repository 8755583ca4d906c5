// @ts-types="@types/d3-dsv"
import { csvFormatRow } from "d3-dsv";

/** A row of plain data behind a figure. */
export type DataRow = Record<string, string | number | boolean | null | undefined>;

/**
 * Records as CSV (RFC 4180), with a header of every key in order of first appearance.
 *
 * Numbers keep at most `digits` significant digits (10 unless told), so that the text is the same
 * where the last bits of a float are not.
 */
export function csvText(rows: readonly DataRow[], { digits = 10 }: { digits?: number } = {}) {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: DataRow[string]): string =>
    typeof value === "number" && Number.isFinite(value)
      ? String(Number(value.toPrecision(digits)))
      : String(value ?? "");
  const lines = [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))];
  return lines.map((line) => csvFormatRow(line) + "\r\n").join("");
}

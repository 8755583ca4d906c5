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
  const cell = (value: DataRow[string]): string => {
    if (value === undefined || value === null) return "";
    if (typeof value === "number") {
      return Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : String(value);
    }
    const text = String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [
    columns.map(cell),
    ...rows.map((row) => columns.map((column) => cell(row[column]))),
  ];
  return lines.map((line) => line.join(",")).join("\r\n") + "\r\n";
}

import { numberText } from "lib/figures/parts/number_text.ts";
import { sendDisplay } from "lib/lecture/display_message.ts";
import { codeSpan, escapeMarkdown } from "lib/lecture/quoted_text.ts";

/** A value of a table's cell: a string is shown as it is, never as Markdown; `code` is one set as code. */
export type TableValue = string | number | boolean | null | undefined | { readonly code: string };

/** Which columns a table shows, in what order and words. */
export interface TableOptions {
  /** Keys of the records, with the heading of each; all keys, as they are, unless told. */
  columns?: Record<string, string>;
  /** Significant digits of numbers that are not integers; 4 unless told. */
  digits?: number;
}

/** Shows markdown made by code. Outside a kernel nothing is shown. */
export async function showMarkdown(markdown: string): Promise<void> {
  await sendDisplay({ "text/markdown": markdown, "text/plain": markdown });
}

/** Shows records as a table. Outside a kernel nothing is shown. */
export async function showTable(
  rows: readonly Record<string, TableValue>[],
  options: TableOptions = {},
): Promise<void> {
  await showMarkdown(markdownTable(rows, options));
}

/**
 * Records as a markdown table; columns that hold only numbers are set to the right.
 *
 * @throws {RangeError} if there are no rows
 */
export function markdownTable(
  rows: readonly Record<string, TableValue>[],
  { columns, digits = 4 }: TableOptions = {},
): string {
  if (!rows.length) throw new RangeError("Cannot make a table: there are no rows");
  const keys = columns ? Object.keys(columns) : [...new Set(rows.flatMap(Object.keys))];
  const isNumeric = (key: string) =>
    rows.every((row) => typeof row[key] === "number" || row[key] === undefined);
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(keys.map((key) => cellText(columns?.[key] ?? key, digits))),
    line(keys.map((key) => isNumeric(key) ? "---:" : "---")),
    ...rows.map((row) => line(keys.map((key) => cellText(row[key], digits)))),
  ].join("\n");
}

function cellText(value: TableValue, digits: number): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return numberText(value, { digits });
  return typeof value === "string"
    ? escapeMarkdown(value)
    : codeSpan(value.code).replaceAll("|", "\\|");
}

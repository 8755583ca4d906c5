import type { ClaimRecord } from "tools/lecture/claims_file.ts";
import { formatMeasured, formatSpread } from "tools/lecture/format_value.ts";

const gap = "  ";

/** The claims as a table of at most `width` characters a line: id, statement, measured value, condition, verdict. */
export function claimsTable(
  claims: readonly ClaimRecord[],
  { width }: { width: number },
): string {
  if (claims.length === 0) return "No claims were measured.";
  const rows = [
    ["claim", "statement", "measured", "holds if", "verdict"],
    ...claims.map((claim) => [
      claim.id,
      claim.statement,
      formatMeasured(claim) + (formatSpread(claim) === "" ? "" : ` (${formatSpread(claim)})`),
      claim.condition,
      claim.verdict + (claim.exact ? " (exact)" : ""),
    ]),
  ];
  const widths = columnWidths(rows, width);
  const lines = rows.map((row) => rowLines(row, widths));
  lines.splice(1, 0, [widths.map((size) => "─".repeat(size)).join(gap)]);
  return lines.flat().join("\n");
}

/** Id and verdict keep to one line; the three columns of prose share what is left by their need. */
function columnWidths(rows: readonly string[][], width: number): number[] {
  const longest = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const word = rows[0].map((_, column) =>
    Math.max(...rows.flatMap((row) => row[column].split(" ").map((text) => text.length)))
  );
  const widths = [...longest];
  widths[4] = word[4];
  const flexible = [1, 2, 3];
  const least = flexible.map((column) => Math.min(longest[column], Math.max(word[column], 10)));
  const fixed = widths[0] + widths[4] + gap.length * 4;
  let left = Math.max(width - fixed - least.reduce((sum, size) => sum + size, 0), 0);
  const need = flexible.map((column, index) => longest[column] - least[index]);
  const total = need.reduce((sum, size) => sum + size, 0);
  const spare = left;
  flexible.forEach((column, index) => {
    const share = total === 0 ? 0 : Math.floor((spare * need[index]) / total);
    const added = Math.min(share, need[index], left);
    widths[column] = least[index] + added;
    left -= added;
  });
  return widths;
}

function rowLines(row: readonly string[], widths: readonly number[]): string[] {
  const cells = row.map((text, column) => wrap(text, widths[column]));
  const height = Math.max(...cells.map((lines) => lines.length));
  return Array.from(
    { length: height },
    (_, line) =>
      cells.map((lines, column) => (lines[line] ?? "").padEnd(widths[column])).join(gap).trimEnd(),
  );
}

/** Words on lines of at most `width`; a longer word is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    let rest = word;
    if (line !== "" && line.length + 1 + rest.length > width) {
      lines.push(line);
      line = "";
    }
    while (rest.length > width) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    line = line === "" ? rest : `${line} ${rest}`;
  }
  return [...lines, line];
}

const longestExcerpt = 12;

/** Numbered lines of a cell's source: around `line` (from 1), which is marked, or else from the top. */
export function sourceExcerpt(source: string, line?: number): string {
  const lines = source.replace(/\n+$/, "").split("\n");
  const wanted = Math.max(0, (line ?? 1) - Math.ceil(longestExcerpt / 2));
  const first = Math.max(0, Math.min(wanted, lines.length - longestExcerpt));
  const shown = lines.slice(first, first + longestExcerpt);
  const width = String(first + shown.length).length;
  const numbered = shown.map((text, index) => {
    const number = first + index + 1;
    return `${number === line ? ">" : " "} ${String(number).padStart(width)} | ${text}`;
  });
  const left = lines.length - first - shown.length;
  if (left > 0) numbered.push(`  ... ${left} more ${left === 1 ? "line" : "lines"}`);
  return numbered.join("\n");
}

/**
 * The names that a text mentions most: capitalised words of at least three letters that stand after a
 * lower-case word and never come in lower case; the most frequent first, at most `count`.
 */
export function frequentNames(text: string, count: number): string[] {
  const lower = new Set(text.match(/\b[a-z]+\b/g) ?? []);
  const counts = new Map<string, number>();
  for (const [, name] of text.matchAll(/\b[a-z]+,? ([A-Z][a-z]{2,})\b/g)) {
    if (!lower.has(name.toLowerCase())) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const names = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return names.slice(0, count).map(([name]) => name);
}

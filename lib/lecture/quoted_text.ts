/** Fewest tildes of a block's fence. */
const shortestFence = 6;

/**
 * Text that code did not write, a model's or a corpus's, as a fenced block of its own lines: nothing in it
 * takes effect as Markdown.
 */
export function codeBlock(text: string): string {
  const fence = "~".repeat(Math.max(shortestFence, longestRun(text, "~") + 1));
  return `${fence}text\n${text}\n${fence}`;
}

/** Such text within a line, as a code span; white space becomes single spaces. Nothing for no text. */
export function codeSpan(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  if (line === "") return "";
  const fence = "`".repeat(longestRun(line, "`") + 1);
  const padding = /^[ `]|[ `]$/.test(line) ? " " : "";
  return fence + padding + line + padding + fence;
}

/** Such text within a line, as running text: what would be mark-up is escaped, the rest is as it was. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s*[\r\n]+\s*/g, " ")
    .replaceAll(/[\\`*$[\]<|~]/g, "\\$&")
    // Within a word an underscore is one; an ampersand is one unless it begins an entity.
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replaceAll(/&(?=#?\w+;)/g, "\\&");
}

function longestRun(text: string, character: string): number {
  const runs = text.match(new RegExp(`${character}+`, "g")) ?? [];
  return runs.reduce((longest, run) => Math.max(longest, run.length), 0);
}

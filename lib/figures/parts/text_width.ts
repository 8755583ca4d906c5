// Widths in em of narrow and wide characters in DejaVu Sans; capitals and the rest as averages.
const narrow = new Set("iljtfrI.,:;'|!()[]/· ");
const wide = new Set("mwMWQOG@%—→≥≤−+=<>^~≈×");

/**
 * An estimate of the width of a line of text in pixels.
 *
 * No font is measured: figures are made without a browser, and must come out the same everywhere.
 * The estimate errs on the wide side (DejaVu Sans, the widest of the font stack).
 */
export function textWidth(text: string, fontSize: number): number {
  let em = 0;
  for (const character of text) {
    em += narrow.has(character)
      ? 0.38
      : wide.has(character)
      ? 0.88
      : /\p{Lu}/u.test(character)
      ? 0.7
      : 0.625;
  }
  return em * fontSize;
}

/** Text broken at spaces into lines no wider than `width` pixels, where words allow it. */
export function wrapText(
  text: string,
  { width, fontSize }: { width: number; fontSize: number },
): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, fontSize) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

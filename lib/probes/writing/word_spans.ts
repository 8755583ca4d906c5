/** Where a word stands among characters: from `start` up to, but without, `end`. */
export interface WordSpan {
  readonly start: number;
  readonly end: number;
  readonly word: string;
}

const letter = /^\p{L}/u;

/** The words of a text given by character, as in `wordsOf`: runs of letters, with apostrophes inside. */
export function wordSpans(characters: readonly string[]): WordSpan[] {
  const isLetter = (at: number) => at < characters.length && letter.test(characters[at]);
  const joins = (at: number) => /^['’]$/u.test(characters[at]) && isLetter(at + 1);
  const spans: WordSpan[] = [];
  for (let start = 0; start < characters.length; start++) {
    if (!isLetter(start)) continue;
    let end = start + 1;
    while (end < characters.length && (isLetter(end) || joins(end))) end++;
    spans.push({ start, end, word: characters.slice(start, end).join("") });
    start = end;
  }
  return spans;
}

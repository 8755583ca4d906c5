import { fewestCharacters } from "lib/lecture/text_sizes.ts";
import { type Corpus, loadCorpus } from "lib/text/corpus.ts";
import { type LettersTokenizer, lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";

/** A text as the lecture's notebooks read it: what they measure on follows from it. */
export interface LectureText {
  readonly corpus: Corpus;
  /** The letters it is written in. */
  readonly letters: LettersTokenizer;
  /** What models learn from: a tenth less than the whole, or less of a short text (see `validationShare`). */
  readonly trainingText: string;
  /** What they are measured on: the rest. */
  readonly validationText: string;
  /** Share of the text that is held out. */
  readonly validationShare: number;
  /** In letters: its most frequent word and a space, as an opening for what a model shall write on. */
  readonly opening: string;
  /** The same as the text writes it, at the start of a sentence where it comes there. */
  readonly writtenOpening: string;
}

/** Fewest letters, and spaces between them, that every notebook's experiments need. */
const fewestLetters = 300;

/** Fewest of them in the part that models are measured on. */
const fewestHeldOut = 50;

/**
 * Loads the text of a lecture, and refuses one that its experiments cannot be run on.
 *
 * What it lets through, every notebook runs to the end on: their windows, splits and sizes follow the
 * text, and claims that it cannot decide are not applicable.
 *
 * @param corpusName a name of the catalogue, or the path of a UTF-8 text file
 * @throws {RangeError} if it has fewer than 500 characters, fewer than 300 letters and spaces between
 * them, fewer than 50 of these in the part held out, or fewer than 2 different letters
 * @throws {Error} as `loadCorpus` does
 */
export async function loadLectureText(corpusName: string): Promise<LectureText> {
  return lectureText(await loadCorpus(corpusName));
}

/** As `loadLectureText`, of a text that is loaded. */
export function lectureText(corpus: Corpus): LectureText {
  const letters = lettersTokenizer(corpus.text);
  requireEnough(corpus, letters);
  const validationShare = shareHeldOut(corpus.characters);
  const cut = characterStart(corpus.text, Math.floor(corpus.text.length * (1 - validationShare)));
  requireHeldOut(corpus.text.slice(cut), letters);
  const opening = mostFrequentWord(corpus.text, letters) + " ";
  return {
    corpus,
    letters,
    trainingText: corpus.text.slice(0, cut),
    validationText: corpus.text.slice(cut),
    validationShare,
    opening,
    writtenOpening: asWritten(opening, corpus.text),
  };
}

function requireEnough({ text, characters }: Corpus, letters: LettersTokenizer): void {
  if (characters < fewestCharacters) {
    throw new RangeError(
      `Cannot run the lecture on this text: it has ${characters} characters, at least ` +
        `${fewestCharacters} are needed. Take a page or more; 20,000 characters make a good start.`,
    );
  }
  const normalised = letters.normalise(text);
  const kinds = new Set(normalised);
  kinds.delete(" ");
  if (kinds.size < 2) {
    throw new RangeError(
      `Cannot run the lecture on this text: ${
        kinds.size === 0 ? "it is blank" : `its only letter is ${JSON.stringify([...kinds][0])}`
      }, at least 2 different ones are needed for a choice.`,
    );
  }
  const count = letters.encode(text).length;
  if (count < fewestLetters) {
    throw new RangeError(
      `Cannot run the lecture on this text: it has ${count} letters and spaces between words, at ` +
        `least ${fewestLetters} are needed; runs of white space, digits and punctuation count as one space.`,
    );
  }
}

function requireHeldOut(heldOut: string, letters: LettersTokenizer): void {
  const count = letters.encode(heldOut).length;
  if (count < fewestHeldOut) {
    throw new RangeError(
      `Cannot run the lecture on this text: its last ${heldOut.length} characters, on which models are ` +
        `measured, have ${count} letters and spaces between words, at least ${fewestHeldOut} are needed. ` +
        "Leave out what is no text at its end, a table or an index.",
    );
  }
}

/** A tenth; of a short text 500 characters, but never more than a quarter. */
function shareHeldOut(characters: number): number {
  return Math.max(0.1, Math.min(0.25, 500 / characters));
}

/** The place itself, or the one before it where a surrogate pair would be cut. */
function characterStart(text: string, place: number): number {
  const isInside = /[\udc00-\udfff]/.test(text[place] ?? "") &&
    /[\ud800-\udbff]/.test(text[place - 1] ?? "");
  return isInside ? place - 1 : place;
}

/** The first of the most frequent words, in letters; of a text without spaces its first letters. */
function mostFrequentWord(text: string, letters: LettersTokenizer): string {
  // The first million characters know the most frequent words.
  const words = letters.normalise(text.slice(0, 1_000_000)).split(" ").filter((word) =>
    word !== ""
  );
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const [word] = [...counts].reduce((most, one) => one[1] > most[1] ? one : most);
  return [...word].slice(0, 12).join("");
}

function asWritten(opening: string, text: string): string {
  const word = opening.trimEnd();
  const [first, ...rest] = word;
  const capitalised = first.toUpperCase() + rest.join("");
  const spellings = [capitalised, word, word.toUpperCase()];
  const found = spellings.flatMap((spelling) => [`${spelling} `, spelling])
    .find((spelling) => text.includes(spelling));
  return found ?? [...text.slice(0, 12)].slice(0, 4).join("");
}

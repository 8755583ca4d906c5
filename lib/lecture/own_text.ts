import { tmpdir } from "node:os";
import { join } from "node:path";
import { lectureText } from "lib/lecture/lecture_text.ts";
import { showMarkdown } from "lib/lecture/markdown_display.ts";
import { fewestCharacters, sizesForText, type TextSizes } from "lib/lecture/text_sizes.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";
import { type Corpus, loadCorpus } from "lib/text/corpus.ts";
import { sha256Hex, writeWhole } from "lib/text/corpus_download.ts";
import type { LettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";

/** A reader's own text, ready for a notebook's experiments. */
export interface OwnText extends TextSizes {
  /** What to put in the parameters cell: the path of the text. */
  readonly corpusName: string;
  readonly corpus: Corpus;
  readonly vocabularySize: number;
}

/**
 * Takes a reader's own text, from a file or pasted, and chooses sizes that suit it.
 *
 * Shows what it chose, what such a text can teach, and how to run the notebook on it. A pasted text is
 * kept in a temporary file: experiments read their corpus by name or path.
 *
 * @param source the path of a UTF-8 text file, a name of the catalogue, or the text itself: whatever
 * has several lines, or 500 characters, is text
 * @returns nothing for the words that stand in the cell before the reader puts a text there: they are
 * met whenever all cells are run, and are answered by how to go on
 * @throws {RangeError} if the text is empty, or the lecture cannot be run on it (as `loadLectureText`)
 * @throws {Error} if there is no such file, or it is not UTF-8 (as `loadCorpus`)
 */
export function ownText(source: typeof placeholders[number]): Promise<undefined>;
export function ownText(source: string): Promise<OwnText>;
export async function ownText(source: string): Promise<OwnText | undefined> {
  if (await isPlaceholder(source)) {
    await showMarkdown(
      `Put the path of a text file, or a text of ${fewestCharacters} characters and more, between the ` +
        "quotes and run this cell again.",
    );
    return undefined;
  }
  if (source.trim() === "") {
    throw new RangeError("Cannot take your text: it is empty. Paste a page, or name a file.");
  }
  const path = isPasted(source) ? await keep(source) : source;
  const corpus = await loadCorpus(path).catch((error: Error) => {
    // One line with spaces was more likely pasted than meant as a file's name.
    if (path === source && /\s/.test(source)) throw tooShort(source);
    throw error;
  });
  const { letters } = lectureText(corpus);
  const vocabularySize = characterTokenizer(corpus.text).vocabulary.size;
  const sizes = sizesForText({ characters: corpus.characters, vocabularySize });
  const notes = [...sizes.notes, alphabetNotes[letters.alphabet](letters.letters.length)];
  const own = { ...sizes, notes, corpusName: path, corpus, vocabularySize };
  await showMarkdown(ownTextMarkdown(own));
  return own;
}

const placeholders = ["path/to/file.txt or pasted text", "my_text.txt"] as const;

/** Whether these are the words of the cell as it comes, and not a file of the reader's. */
async function isPlaceholder(source: string): Promise<boolean> {
  const isOurs = placeholders.some((words) => words === source.trim());
  return isOurs && !await Deno.stat(source).then(() => true, () => false);
}

/** What was chosen for a text, and how to go on, in markdown. */
export function ownTextMarkdown({ corpusName, notes }: OwnText): string {
  return [
    "**Your text**",
    "",
    ...notes.map((note) => `- ${note}`),
    "",
    "To rerun this notebook on it, put this into the parameters cell and run all cells:",
    "",
    "```ts",
    `const corpusName = ${JSON.stringify(corpusName)};`,
    "```",
    "",
    "Claims are worded for the lecture's own text: on yours a verdict may differ, and that is a finding. " +
    "What your text cannot decide is left out, with the reason.",
  ].join("\n");
}

/** What is read where the lecture says letters. */
const alphabetNotes: Record<LettersTokenizer["alphabet"], (count: number) => string> = {
  "a to z": () => "Where the lecture says letters: a to z; all else is a space.",
  "own letters": (count) =>
    `Where the lecture says letters: the ${count} most frequent of the text's own; all else is a space.`,
  "own characters": (count) =>
    `It has few letters: where the lecture says letters, its ${count} most frequent characters are meant.`,
};

/** Long enough to learn from, or in lines: nobody's path. */
function isPasted(source: string): boolean {
  return source.includes("\n") || source.length >= fewestCharacters;
}

function tooShort(source: string): RangeError {
  const opening = source.length > 40 ? `${source.slice(0, 40)}…` : source;
  return new RangeError(
    `Cannot take "${opening}" as your text: there is no such file, and a pasted text needs ` +
      `${fewestCharacters} characters, got ${source.length}.`,
  );
}

async function keep(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  // The same text has the same name, so that a rerun gives the same outputs.
  const path = join(tmpdir(), `unrolled-own-text-${(await sha256Hex(bytes)).slice(0, 12)}.txt`);
  await writeWhole(path, bytes);
  return path;
}

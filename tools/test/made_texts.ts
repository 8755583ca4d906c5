import { randomStream } from "lib/random/random_stream.ts";

/** A text made for a test: what it is, and its characters. */
export interface MadeText {
  readonly name: string;
  readonly text: string;
}

/** The writing systems that texts are made in. */
export const madeScripts = [
  "russian",
  "hebrew",
  "chinese",
  "dna",
  "digits",
  "source",
  "names",
] as const;

export type MadeScript = typeof madeScripts[number];

/**
 * A text of about a length, in one of several scripts: words drawn with Zipf's frequencies from a
 * vocabulary that is itself drawn, set as such a text would be. It says nothing; its statistics are those
 * of a text in that script.
 *
 * @param options.bytes of UTF-8, at least this many; the text ends with the sentence or line that reaches them
 * @param options.seed the same seed gives the same text
 */
export function madeText(
  script: MadeScript,
  { bytes, seed = 1 }: { bytes: number; seed?: number },
): string {
  const random = randomStream(seed, `text in ${script}`);
  const pieces: string[] = [];
  const makePiece = makers[script](random);
  const encoder = new TextEncoder();
  for (let made = 0; made < bytes;) {
    const piece = makePiece();
    pieces.push(piece);
    made += encoder.encode(piece).length;
  }
  return pieces.join("");
}

type Random = () => number;

const below = (random: Random, count: number) => Math.floor(random() * count);
const oneOf = <T>(random: Random, items: readonly T[]): T => items[below(random, items.length)];
/** An index below `count`, the first ones far more often: density 1 / (index + 1). */
const zipf = (random: Random, count: number) => Math.floor((count + 1) ** random()) - 1;

const makers: Record<MadeScript, (random: Random) => () => string> = {
  russian: (random) =>
    prose(random, { consonants: "бвгджзклмнпрстхш", vowels: "аеиоуыя", cased: true }),
  hebrew: (random) =>
    prose(random, { consonants: "אבגדהוזחטיכלמנסעפצקרשת", vowels: "וי", cased: false }),
  chinese: (random) => () => {
    const characters = Array.from(
      { length: 8 + below(random, 20) },
      () => String.fromCodePoint(0x4e00 + 7 * zipf(random, 2000)),
    );
    return characters.join("") + oneOf(random, ["，", "。", "。\n"]);
  },
  dna: (random) => {
    let last = 0;
    return () => {
      const line = Array.from({ length: 60 }, () => {
        last = random() < 0.4 ? last : below(random, 4);
        return "ACGT"[last];
      });
      return line.join("") + "\n";
    };
  },
  digits: (random) => () => `${below(random, 1000)}.${zipf(random, 100)} ${zipf(random, 10_000)}\n`,
  source: (random) => sourceLines(random),
  names: (random) => {
    const names = wordList(random, {
      consonants: "bdfghjklmnprstvz",
      vowels: "aeiouy",
      count: 400,
    });
    return () => capitalise(names[zipf(random, names.length)]) + "\n";
  },
};

function prose(
  random: Random,
  { consonants, vowels, cased }: { consonants: string; vowels: string; cased: boolean },
): () => string {
  const words = wordList(random, { consonants, vowels, count: 1500 });
  return () => {
    const sentence = Array.from(
      { length: 4 + below(random, 9) },
      () => words[zipf(random, words.length)],
    );
    if (cased) sentence[0] = capitalise(sentence[0]);
    return sentence.join(" ") + oneOf(random, [". ", "! ", ", ", ".\n"]);
  };
}

function wordList(
  random: Random,
  { consonants, vowels, count }: { consonants: string; vowels: string; count: number },
): string[] {
  const syllable = () => oneOf(random, [...consonants]) + oneOf(random, [...vowels]);
  return Array.from({ length: count }, (_, rank) => {
    const syllables = 1 + below(random, rank < 30 ? 1 : 4);
    const coda = random() < 0.4 ? oneOf(random, [...consonants]) : "";
    return Array.from({ length: syllables }, syllable).join("") + coda;
  });
}

function capitalise(word: string): string {
  return word[0].toUpperCase() + word.slice(1);
}

function sourceLines(random: Random): () => string {
  const names = wordList(random, { consonants: "bcdfglmnprst", vowels: "aeiou", count: 200 });
  const name = () => names[zipf(random, names.length)];
  const lines = [
    () => `  let ${name()} = ${below(random, 100)};\n`,
    () => `  if (${name()} < ${name()}[${below(random, 10)}]) { return ${name()}(${name()}); }\n`,
    () => `// ${name()} ${name()}\n`,
    () => `fn ${name()}_${name()}(${name()}: &str) -> u32 {\n`,
    () => `}\n\n`,
  ];
  return () => oneOf(random, lines)();
}

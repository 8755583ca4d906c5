/**
 * Times byte-pair encoding on Tiny Shakespeare and on a megabyte of each of several scripts.
 *
 *     deno run -A bench/byte_pairs.ts [--json FILE]
 */
import { parseArgs } from "node:util";
import { bytePairTokenizer } from "lib/text/tokenizers/byte_pair_tokenizer.ts";
import { loadCorpus } from "lib/text/corpus.ts";
import { trainBytePairs } from "lib/text/tokenizers/train_byte_pairs.ts";

/** Encoding of one text, by a tokenizer that has not met it before: the fastest round. */
export interface EncodingSpeed {
  readonly text: string;
  readonly bytes: number;
  readonly tokens: number;
  readonly megabytesPerSecond: number;
  readonly comesBack: boolean;
}

/** How long byte pairs take to learn, and how fast they encode. */
export interface BytePairSpeed {
  readonly corpus: string;
  readonly bytes: number;
  readonly merges: number;
  /** Of the fastest round: the others had company. */
  readonly trainingSeconds: number;
  readonly encoding: readonly EncodingSpeed[];
}

const MEGABYTE = 1_000_000;

/** Sentences of several scripts, and texts without a space for a pre-tokenizer to cut at. */
const SCRIPTS = {
  "Greek": "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι. ",
  "Russian": "Все люди рождаются свободными и равными. ",
  "Arabic": "يولد جميع الناس أحرارًا متساوين. ",
  "Hindi": "सभी मनुष्यों को स्वतन्त्रता प्राप्त है। ",
  "Chinese, no spaces": "人人生而自由在尊严和权利上一律平等",
  "emoji sequences": "👩‍👩‍👧‍👦🏳️‍🌈👍🏽",
  "one letter": "a",
  "random bytes as Latin-1": Array.from(
    { length: 4096 },
    (_, at) => String.fromCharCode((at * 2654435761 >>> 13) & 255),
  ).join(""),
};

/** 1,000 merges of Tiny Shakespeare, and the encoding of it and of a megabyte of each script. */
export async function measureBytePairs(rounds = 3): Promise<BytePairSpeed> {
  const { name, text } = await loadCorpus("tinyshakespeare");
  const merges = 1000;
  const learn = () => trainBytePairs(text, { mergeCount: merges });
  const seconds = Array.from({ length: rounds }, () => timed(learn).seconds);
  const pairs = learn(); // the same each time
  const texts = {
    [name]: text,
    ...Object.fromEntries(
      Object.entries(SCRIPTS).map(([script, some]) => [script, repeated(some, MEGABYTE)]),
    ),
  };
  const encoding = Object.entries(texts).map(([title, some]) => {
    const bytes = byteLength(some);
    const runs = Array.from({ length: rounds }, () => {
      const tokenizer = bytePairTokenizer(pairs); // a used one remembers pieces
      return { tokenizer, ...timed(() => tokenizer.encode(some)) };
    });
    const { tokenizer, result } = runs[0];
    const seconds = Math.min(...runs.map((run) => run.seconds));
    return {
      ...{ text: title, bytes, tokens: result.length },
      megabytesPerSecond: bytes / seconds / MEGABYTE,
      comesBack: tokenizer.decode(result) === some,
    };
  });
  return {
    ...{ corpus: name, bytes: byteLength(text), merges },
    trainingSeconds: Math.min(...seconds),
    encoding,
  };
}

function timed<Result>(run: () => Result): { result: Result; seconds: number } {
  const start = performance.now();
  const result = run();
  return { result, seconds: (performance.now() - start) / 1000 };
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function repeated(text: string, bytes: number): string {
  return text.repeat(Math.ceil(bytes / byteLength(text)));
}

if (import.meta.main) {
  const { values } = parseArgs({ args: Deno.args, options: { json: { type: "string" } } });
  const speed = await measureBytePairs();
  console.log(`${speed.merges} merges of ${speed.corpus}: ${speed.trainingSeconds.toFixed(2)} s`);
  for (const { text, megabytesPerSecond, comesBack } of speed.encoding) {
    const back = comesBack ? "" : ", DOES NOT COME BACK";
    console.log(`  ${text}: ${megabytesPerSecond.toFixed(1)} MB/s${back}`);
  }
  if (values.json) await Deno.writeTextFile(values.json, JSON.stringify(speed, null, 1) + "\n");
}

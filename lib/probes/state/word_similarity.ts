import type { LanguageModel } from "lib/models/language_model.ts";
import type { StackState } from "lib/kernels/sequence_network.ts";
import type { Tokenizer } from "lib/text/tokenizers/tokenizer.ts";

/** Words and what stands for each in a model. */
export type WordVectors = ReadonlyMap<string, Float64Array>;

/** Two words that have something to do with one another. */
export interface WordPair {
  readonly first: string;
  readonly second: string;
}

/** Pairs from lines of two words; `#` starts a comment. */
export function readWordPairs(text: string): WordPair[] {
  return text.split(/\r?\n/).map((line) => line.replace(/#.*/, "").trim()).filter(Boolean)
    .map((line) => {
      const [first, second, ...rest] = line.split(/\s+/);
      if (!second || rest.length) throw new Error(`Cannot read a word pair from "${line}".`);
      return { first, second };
    });
}

/**
 * What a recurrent character model makes of a word: the hidden state of all layers after reading a space and
 * the word from a fresh start.
 */
export async function wordStates(
  model: LanguageModel<StackState>,
  { tokenizer, words }: { tokenizer: Tokenizer; words: readonly string[] },
): Promise<WordVectors> {
  const vectors = new Map<string, Float64Array>();
  for (const word of words) {
    let state = model.initialState(1);
    for (const id of tokenizer.encode(` ${word}`)) ({ state } = await model.step(state, [id]));
    vectors.set(word, Float64Array.from(state.hiddenState));
  }
  return vectors;
}

/** The rows of a matrix [V, size] that belong to the words: a word model's input weights. */
export function wordRows(
  weights: ArrayLike<number>,
  { size, words, idOf }: {
    size: number;
    words: readonly string[];
    idOf: (word: string) => number | undefined;
  },
): WordVectors {
  return new Map(words.map((word) => {
    const id = idOf(word);
    if (id === undefined) throw new RangeError(`Cannot find "${word}": no row has its name.`);
    return [word, Float64Array.from({ length: size }, (_, i) => weights[id * size + i])];
  }));
}

/** Vectors less their mean: what all words share says nothing of any. */
export function centred(vectors: WordVectors): WordVectors {
  const rows = [...vectors.values()];
  const mean = rows[0].map((_, i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length);
  return new Map([...vectors].map(([word, row]) => [word, row.map((value, i) => value - mean[i])]));
}

/** Cosine of the angle between two vectors. */
export function cosine(left: Float64Array, right: Float64Array): number {
  const dot = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, value, i) => sum + value * b[i], 0);
  return dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right));
}

/**
 * How often a given pair is more alike than a pair of the same words mixed anew: the area under the ROC
 * curve, 0.5 for vectors that know nothing of the relation, 1 for ones that know all.
 *
 * Each word of a pair is compared with its partner and with every other pair's second word.
 *
 * @throws {RangeError} if there are fewer than two pairs of known words.
 */
export function pairScore(vectors: WordVectors, pairs: readonly WordPair[]): number {
  const known = pairs.filter(({ first, second }) => vectors.has(first) && vectors.has(second));
  if (known.length < 2) throw new RangeError(`Cannot score ${known.length} pairs: it takes two.`);
  let wins = 0, comparisons = 0;
  for (const { first, second } of known) {
    const own = cosine(vectors.get(first)!, vectors.get(second)!);
    for (const other of known) {
      if (other.second === second || other.second === first) continue;
      const mixed = cosine(vectors.get(first)!, vectors.get(other.second)!);
      wins += own > mixed ? 1 : own === mixed ? 0.5 : 0;
      comparisons++;
    }
  }
  return wins / comparisons;
}

/** The words most alike to a word, most alike first. */
export function nearestWords(vectors: WordVectors, word: string, count: number): string[] {
  const own = vectors.get(word);
  if (!own) throw new RangeError(`Cannot find neighbours: "${word}" is not among the words.`);
  return [...vectors.keys()].filter((other) => other !== word)
    .map((other) => ({ other, likeness: cosine(own, vectors.get(other)!) }))
    .sort((a, b) => b.likeness - a.likeness).slice(0, count).map(({ other }) => other);
}

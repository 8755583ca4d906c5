import type { LanguageModel } from "lib/models/language_model.ts";
import type { Random } from "lib/random/random_stream.ts";
import type { Tokenizer } from "lib/text/tokenizers/tokenizer.ts";

/** An experiment on a model's memory: one thing is planted, and asked for again after some text. */
export interface PlantedQuestion {
  /** What is planted, such as an opening quote or a name. */
  readonly planted: string;
  /** What stands in its place in the other run, as long as it. */
  readonly control: string;
  /** What follows the text in between. */
  readonly question: string;
  /** What the planted thing makes more likely. */
  readonly answer: string;
}

/** Where the text in between comes from, and how much of it there is. */
export interface PlantedEffectOptions {
  readonly tokenizer: Tokenizer;
  /** Text without anything of the question's: pieces of it lie between plant and question. */
  readonly fillerText: string;
  /** Characters in between. */
  readonly distance: number;
  /** Pieces to average over. */
  readonly pieces: number;
  readonly random: Random;
}

/**
 * How much the planted thing still counts after `distance` characters: the mean over pieces of
 * log P(answer | planted, text, question) - log P(answer | control, text, question), in nats.
 *
 * All but the plant is the same in both runs, so whatever difference there is was remembered: 0 for a
 * model whose memory does not reach back so far, such as an n-gram beyond its order.
 *
 * @throws {RangeError} if the filler text is too short.
 */
export async function plantedEffect(
  model: LanguageModel,
  { planted, control, question, answer }: PlantedQuestion,
  { tokenizer, fillerText, distance, pieces, random }: PlantedEffectOptions,
): Promise<number> {
  // Code points: half of a surrogate pair is no character.
  const characters = Array.from(fillerText);
  const room = characters.length - distance;
  if (!(room >= 1) || !(pieces >= 1)) {
    throw new RangeError(
      `Cannot plant: ${pieces} pieces of ${distance} characters from a text of ${characters.length}.`,
    );
  }
  const answerLength = tokenizer.encode(answer).length;
  const cost = async (start: string, filler: string) => {
    const ids = tokenizer.encode(start + filler + question + answer);
    const losses = await model.tokenLosses(ids);
    return losses.slice(-answerLength).reduce((sum: number, loss: number) => sum + loss, 0);
  };
  let total = 0;
  for (let piece = 0; piece < pieces; piece++) {
    const at = Math.floor(random() * room);
    const filler = characters.slice(at, at + distance).join("");
    total += await cost(control, filler) - await cost(planted, filler);
  }
  return total / pieces;
}

/** A question of memory that a text lends itself to. */
export interface NamedQuestion extends PlantedQuestion {
  readonly name: "quotation" | "bracket" | "name";
}

/** What can be planted in a text, and text that holds none of it. */
export interface PlantedQuestions {
  /** Those that the text teaches an answer to; none of a text without quotations, brackets and names. */
  readonly questions: readonly NamedQuestion[];
  /** The held-out text without any of the marks and names. */
  readonly fillerText: string;
}

const quotationMarks = [['"', '"'], ["“", "”"], ["‘", "’"], ["'", "'"]];
/** Closings that a text must have to teach what they are. */
const fewest = 5;

/**
 * What can be planted and asked for in a text: an opening quotation mark (does its closing mark become
 * likelier after a comma?), an opening bracket, and one of two frequent names (does "said" bring the one
 * that was mentioned before?). The two names are of one length where the text has such.
 *
 * A quotation mark counts where it closes after punctuation, so that apostrophes do not.
 */
export function plantedQuestions(
  { trainingText, heldOutText }: { trainingText: string; heldOutText: string },
): PlantedQuestions {
  const quotation = quotationMarks.find(([, close]) =>
    times(trainingText, new RegExp(`[,.!?]${close}\\s`, "gu")) >= fewest
  );
  const hasBrackets = ["(", ")"].every((mark) => trainingText.split(mark).length > fewest);
  const [someone, another] = likeNames(frequentNames(trainingText, 12));
  const questions: NamedQuestion[] = [];
  if (quotation) {
    const [planted, answer] = quotation;
    questions.push({ name: "quotation", planted, control: " ", question: ",", answer });
  }
  if (hasBrackets) {
    questions.push({ name: "bracket", planted: "(", control: " ", question: "", answer: ")" });
  }
  if (another) {
    const [planted, control] = [`${someone} `, `${another} `];
    questions.push({ name: "name", planted, control, question: " said ", answer: someone });
  }
  const names = another ? new RegExp(`\\b(${someone}|${another})\\b`, "gu") : undefined;
  const unmarked = heldOutText.replaceAll(/["'“”‘’()]/gu, "");
  const fillerText = (names ? unmarked.replaceAll(names, "") : unmarked).replaceAll(/\s+/gu, " ");
  return { questions, fillerText };
}

function times(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}

/** The most frequent two of one length, or the most frequent two, or fewer. */
function likeNames(names: readonly string[]): readonly string[] {
  for (const [place, name] of names.entries()) {
    const like = names.slice(place + 1).find(({ length }) => length === name.length);
    if (like) return [name, like];
  }
  return names.slice(0, 2);
}

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

import { frequentNames } from "lib/probes/context/frequent_names.ts";
import type { PlantedQuestion } from "lib/probes/context/planted_effect.ts";

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

import type { LanguageModel } from "lib/models/language_model.ts";
import type { Random } from "lib/random/random_stream.ts";
import type { Tokenizer } from "lib/text/tokenizer.ts";

/** How names are planted in a text. */
export interface PlantAgreementOptions {
  /** None of them in the text. */
  readonly names: readonly string[];
  /** Characters from a name to its repetition stay below this; log-uniform from 0. */
  readonly maxDistance: number;
  /** Characters from one pair of names to the next. */
  readonly between: number;
  readonly random: Random;
}

/** What a model is asked. */
export interface NameAgreementOptions {
  readonly tokenizer: Tokenizer;
  readonly names: readonly string[];
  /** Text without the names: pieces of it lie between a name and the question. */
  readonly fillerText: string;
  /** Characters in between. */
  readonly distance: number;
  /** Pieces to average over; each is asked with every name. */
  readonly pieces: number;
  readonly random: Random;
}

/** How well a model repeats the right one of several names. */
export interface NameAgreement {
  readonly distance: number;
  /** Share of questions where the name that was planted is likelier than every other; by chance 1 / names. */
  readonly shareRight: number;
  /** ln(number of names) + mean ln P(the planted name | one of the names): 0 by chance, ln(number) at best. */
  readonly natsAboveChance: number;
}

/**
 * The text with pairs of names planted in it, each name a random one and the same after some text:
 * " Ruth, the clock had struck, Ruth." So a model has reason to remember a name for as long as it takes.
 *
 * A text of its own hardly teaches it: who is named next seldom follows from who was named before, and a
 * model that never learnt to repeat a name shows nothing of how far back it can remember one.
 */
export function plantAgreement(
  text: string,
  { names, maxDistance, between, random }: PlantAgreementOptions,
): string {
  let planted = "";
  let at = 0;
  while (at + maxDistance + between < text.length) {
    const length = Math.floor((maxDistance + 1) ** random()) - 1;
    const name = names[Math.floor(names.length * random())];
    planted += sentence(name, text.slice(at, at + length), name);
    at += length;
    planted += text.slice(at, at + between);
    at += between;
  }
  return planted;
}

/**
 * Asks a model for the name that was planted `distance` characters before, among the names alone: whether
 * a name comes at all does not count, only which.
 *
 * @throws {RangeError} if the filler text is too short.
 */
export async function nameAgreement(
  model: LanguageModel,
  { tokenizer, names, fillerText, distance, pieces, random }: NameAgreementOptions,
): Promise<NameAgreement> {
  const room = fillerText.length - distance;
  if (!(room >= 1)) {
    throw new RangeError(
      `Cannot plant: ${distance} characters from a text of ${fillerText.length}.`,
    );
  }
  let [right, nats] = [0, 0];
  for (let piece = 0; piece < pieces; piece++) {
    const at = Math.floor(random() * room);
    const filler = fillerText.slice(at, at + distance);
    for (const [own, name] of names.entries()) {
      const scores: number[] = [];
      for (const answer of names) {
        const losses = await model.tokenLosses(tokenizer.encode(sentence(name, filler, answer)));
        const answered = losses.slice(-tokenizer.encode(`${answer}.`).length);
        scores.push(-answered.reduce((sum: number, loss: number) => sum + loss, 0));
      }
      const others = scores.filter((_, place) => place !== own);
      if (others.every((score) => score < scores[own])) right++;
      nats -= Math.log(scores.reduce((sum, score) => sum + Math.exp(score - scores[own]), 0));
    }
  }
  const asked = pieces * names.length;
  return {
    distance,
    shareRight: right / asked,
    natsAboveChance: Math.log(names.length) + nats / asked,
  };
}

function sentence(name: string, filler: string, answer: string): string {
  return ` ${name}, ${filler}, ${answer}.`;
}

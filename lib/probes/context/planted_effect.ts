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

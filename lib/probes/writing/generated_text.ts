import { mean } from "simple-statistics";
import { sample, type SampleOptions } from "lib/decoding/sample.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import { distinctShare, nonWords } from "lib/probes/writing/words.ts";
import type { Tokenizer } from "lib/text/tokenizers/tokenizer.ts";

/** How to have a model write, and what to judge it by. */
export interface GeneratedTextOptions extends Omit<SampleOptions, "promptIds"> {
  readonly tokenizer: Tokenizer;
  readonly prompt: string;
  /** Words that count as spelt right: those of the training text. */
  readonly known: ReadonlySet<string>;
  /** Another model, over the same vocabulary, that says how likely the text is. */
  readonly judge?: LanguageModel;
}

/** A text that a model wrote, and what it is worth. */
export interface GeneratedText {
  readonly text: string;
  /** Share of its words that are not among the known ones. */
  readonly nonWordShare: number;
  /** Distinct pairs of neighbouring words among all pairs. */
  readonly distinctShare: number;
  /** Nats per token under the model itself at temperature 1. */
  readonly lossNats: number;
  /** Nats per token under the judge; NaN without one. */
  readonly judgeLossNats: number;
}

/** Has a model write a text and measures spelling, variety and likelihood. */
export async function generatedText(
  model: LanguageModel,
  { tokenizer, prompt, known, judge, ...options }: GeneratedTextOptions,
): Promise<GeneratedText> {
  const promptIds = tokenizer.encode(prompt);
  const { ids, lossNats } = await sample(model, { ...options, promptIds });
  const text = tokenizer.decode(ids);
  const judged = judge ? await judge.tokenLosses(Int32Array.from([...promptIds, ...ids])) : [];
  const own = judged.slice(promptIds.length - 1);
  return {
    text,
    nonWordShare: nonWords(text, known).share,
    distinctShare: distinctShare(text, 2),
    lossNats: lossNats / ids.length,
    judgeLossNats: judge ? mean(Array.from(own)) : NaN,
  };
}

import { sample } from "lib/decoding/sample.ts";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import type { Random } from "lib/random/random_stream.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** Says in which of several styles a text is written. */
export interface StyleJudge {
  /** Place of the style whose n-gram finds the text likeliest. */
  judge(ids: Int32Array): Promise<number>;
}

/**
 * A classifier by counting: an n-gram per style, and the one that pays least for a text names its style.
 *
 * Equal priors; with the styles' n-grams this is the Bayes decision under their models.
 *
 * @param styles one training text per style
 */
export function styleJudge(
  styles: readonly Int32Array[],
  options: { vocabulary: Vocabulary; order: number },
): StyleJudge {
  const models: LanguageModel[] = styles.map((ids) => ngramModel(ids, options));
  return {
    async judge(ids) {
      const losses: number[] = [];
      for (const model of models) {
        const own = await model.tokenLosses(ids);
        losses.push(own.reduce((sum: number, loss: number) => sum + loss, 0));
      }
      return losses.indexOf(Math.min(...losses));
    },
  };
}

/** How a model is asked for styles, and how often. */
export interface ObedienceOptions {
  /** What the model reads when it is asked for a style. */
  readonly promptOf: (style: number) => ArrayLike<number>;
  /** Samples in all, asked for the styles in turn, and tokens of each. */
  readonly asks: { readonly styles: number; readonly samples: number; readonly length: number };
  readonly judge: StyleJudge;
  readonly random: Random;
}

/** The share of a model's samples that the judge finds to be in the style asked for. */
export async function controlAccuracy(
  model: LanguageModel,
  { promptOf, asks, judge, random }: ObedienceOptions,
): Promise<number> {
  let obeyed = 0;
  for (let at = 0; at < asks.samples; at++) {
    const asked = at % asks.styles;
    const { ids } = await sample(model, {
      ...{ promptIds: promptOf(asked), length: asks.length, random },
    });
    if (await judge.judge(ids) === asked) obeyed++;
  }
  return obeyed / asks.samples;
}

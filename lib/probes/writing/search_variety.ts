import { mean } from "simple-statistics";
import { distinctShare } from "lib/probes/writing/words.ts";
import type { Tokenizer } from "lib/text/tokenizers/tokenizer.ts";

/** A text that a search or a sampler found. */
export interface FoundText {
  readonly ids: ArrayLike<number>;
  /** Nats of its tokens under the model; negative. */
  readonly logProbability: number;
}

/** How likely and how varied the texts of a search are; means over the prompts. */
export interface SearchVariety {
  /** Of the likeliest text of each prompt, per token, in nats. */
  readonly bestLogProbability: number;
  /** Of all texts, per token, in nats. */
  readonly meanLogProbability: number;
  /** Distinct pairs of neighbouring words among the pairs of a text. */
  readonly distinctWithin: number;
  /** The same among the pairs of all texts of a prompt together. */
  readonly distinctAmong: number;
}

/**
 * Likelihood and variety of what a search finds, several texts a prompt, over several prompts.
 *
 * @throws {RangeError} if there is no prompt, or the search finds nothing.
 */
export async function searchVariety(
  search: (promptIds: Int32Array) => Promise<readonly FoundText[]>,
  { prompts, tokenizer }: { prompts: readonly Int32Array[]; tokenizer: Tokenizer },
): Promise<SearchVariety> {
  const runs: SearchVariety[] = [];
  for (const promptIds of prompts) {
    const found = await search(promptIds);
    if (found.length === 0) throw new RangeError("Cannot judge a search that finds nothing.");
    runs.push(judge(found, tokenizer));
  }
  if (runs.length === 0) throw new RangeError("Cannot judge a search: there is no prompt.");
  return {
    bestLogProbability: mean(runs.map((run) => run.bestLogProbability)),
    meanLogProbability: mean(runs.map((run) => run.meanLogProbability)),
    distinctWithin: mean(runs.map((run) => run.distinctWithin)),
    distinctAmong: mean(runs.map((run) => run.distinctAmong)),
  };
}

function judge(found: readonly FoundText[], tokenizer: Tokenizer): SearchVariety {
  const logProbabilities = found.map(({ ids, logProbability }) => logProbability / ids.length);
  const texts = found.map(({ ids }) => tokenizer.decode(ids));
  return {
    bestLogProbability: Math.max(...logProbabilities),
    meanLogProbability: mean(logProbabilities),
    distinctWithin: mean(texts.map((text) => distinctShare(text, 2))),
    distinctAmong: distinctShare(texts.join("\n"), 2),
  };
}

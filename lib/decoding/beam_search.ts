import type { LanguageModel } from "lib/models/language_model.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";
import { rankedIds } from "lib/decoding/top_k.ts";

/** How to search. */
export interface BeamSearchOptions {
  /** At least one id. */
  readonly promptIds: ArrayLike<number>;
  /** Most tokens to write. */
  readonly length: number;
  /** Hypotheses kept from step to step; 1 is greedy search. */
  readonly width: number;
  /** A token that ends a hypothesis, such as a full stop. Default: none, all have the full length. */
  readonly endId?: number;
  /**
   * Score = log-probability / length^alpha (Wu et al. 2016, equation 14, without its constant 5): 0 favours
   * short hypotheses, 1 is the mean per token. Matters with an `endId` only. Default 0.
   */
  readonly lengthPower?: number;
  /**
   * Nats taken off the k-th best child of one parent, times k - 1, when the beam is chosen: hypotheses
   * with other parents get in (Li, Monroe, Jurafsky 2016, equation 5). Default 0.
   */
  readonly siblingPenalty?: number;
}

/** A written sequence, without the prompt. */
export interface Hypothesis {
  readonly ids: readonly number[];
  /** Nats of its tokens under the model, given all before them; negative. */
  readonly logProbability: number;
  /** What hypotheses are ranked by. */
  readonly score: number;
}

interface Open extends Hypothesis {
  readonly state: unknown;
  readonly logProbabilities: Float64Array;
}

/**
 * The likeliest continuations that a beam finds, best score first; at most `width` of them.
 *
 * Width 1 is greedy search, a width of V^length exhaustive search. Ties go to the earlier parent, then to
 * the lower id.
 *
 * @throws {RangeError} if the prompt is empty, or width or length is not a whole number of at least 1.
 */
export async function beamSearch(
  model: LanguageModel,
  options: BeamSearchOptions,
): Promise<Hypothesis[]> {
  const { promptIds, length, width, endId, lengthPower = 0, siblingPenalty = 0 } = options;
  requireSearch(options);
  const { size } = model.vocabulary;
  let state = model.initialState(1);
  let logits: Float32Array = new Float32Array(0);
  for (const id of Array.from(promptIds)) ({ logits, state } = await model.step(state, [id]));
  const first = { ids: [], logProbability: 0, score: 0, state };
  let open: Open[] = [{ ...first, logProbabilities: logSoftmaxRow(logits, size) }];
  const ended: Hypothesis[] = [];
  for (let step = 1; step <= length && open.length > 0; step++) {
    const children = open.flatMap((parent) =>
      rankedIds(parent.logProbabilities).slice(0, width).map((id, rank) => {
        const logProbability = parent.logProbability + parent.logProbabilities[id];
        const score = logProbability / step ** lengthPower;
        return { parent, id, logProbability, score, rank: score - siblingPenalty * rank };
      })
    );
    const chosen = children
      .filter(({ logProbability }) => logProbability > -Infinity)
      .sort((a, b) => b.rank - a.rank).slice(0, width);
    open = [];
    for (const { parent, id, logProbability, score } of chosen) {
      const hypothesis = { ids: [...parent.ids, id], logProbability, score };
      if (id === endId || step === length) ended.push(hypothesis);
      else {
        const next = await model.step(parent.state, [id]);
        const logProbabilities = logSoftmaxRow(next.logits, size);
        open.push({ ...hypothesis, state: next.state, logProbabilities });
      }
    }
  }
  return ended.sort((a, b) => b.score - a.score).slice(0, width);
}

function requireSearch({ promptIds, length, width }: BeamSearchOptions): void {
  if (promptIds.length === 0) throw new RangeError("Cannot search: the prompt is empty.");
  for (const [name, value] of Object.entries({ length, width })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new RangeError(`Cannot search: ${name} must be a whole number >= 1, got ${value}.`);
    }
  }
}

import { bestOf, growBeam, type Hypothesis, requireSearch, startBeam } from "lib/decoding/beam.ts";
import type { LanguageModel } from "lib/models/language_model.ts";

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

/**
 * The likeliest continuations that a beam finds, best score first; at most `width` of them.
 *
 * Width 1 is greedy search, a width of V^length exhaustive search. Ties go to the earlier parent, then to
 * the lower id.
 *
 * @throws {RangeError} if the prompt is empty, a setting makes no sense (see `requireSearch`), or a score
 * of the model is not a number.
 */
export async function beamSearch(
  model: LanguageModel,
  options: BeamSearchOptions,
): Promise<Hypothesis[]> {
  const { promptIds, length, width, endId, lengthPower = 0, siblingPenalty } = options;
  requireSearch(model, options);
  if (siblingPenalty !== undefined && !Number.isFinite(siblingPenalty)) {
    throw new RangeError(
      `Cannot search: the siblingPenalty must be finite, got ${siblingPenalty}.`,
    );
  }
  let beam = await startBeam(model, promptIds);
  for (let step = 1; step <= length && beam.open.length > 0; step++) {
    const isLast = step === length;
    beam = await growBeam(model, beam, { step, width, isLast, endId, lengthPower, siblingPenalty });
  }
  return bestOf(beam, width);
}

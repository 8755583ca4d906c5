import { rankedIds } from "lib/decoding/top_k.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";

/** A written sequence, without the prompt. */
export interface Hypothesis {
  readonly ids: readonly number[];
  /** Nats of its tokens under the model, given all before them; negative. */
  readonly logProbability: number;
  /** What hypotheses are ranked by. */
  readonly score: number;
}

/** A hypothesis that can go on. */
interface OpenHypothesis extends Hypothesis {
  readonly state: unknown;
  readonly logProbabilities: Float64Array;
}

/** Hypotheses of one length, and those that ended before. */
export interface Beam {
  readonly open: readonly OpenHypothesis[];
  readonly ended: readonly Hypothesis[];
  /** The token of each hypothesis kept at the last step, ended ones included. */
  readonly chosenIds: readonly number[];
}

/** How a beam goes from one length to the next. */
export interface BeamStep {
  /** Length in tokens after the step. */
  readonly step: number;
  readonly width: number;
  /** All hypotheses end after this one. */
  readonly isLast: boolean;
  readonly endId?: number;
  /** Score = log-probability / length^lengthPower. */
  readonly lengthPower: number;
  /** Taken off the score of the k-th best child of one parent, times k - 1, when the beam is chosen. */
  readonly siblingPenalty?: number;
  /** Taken off the score of every child that ends in the token, when the beam is chosen. */
  readonly tokenPenalty?: (id: number) => number;
}

/**
 * The beam of one hypothesis, empty, that has read the prompt.
 *
 * @throws {RangeError} if the prompt is empty, or a score is not a number.
 */
export async function startBeam(
  model: LanguageModel,
  promptIds: ArrayLike<number>,
): Promise<Beam> {
  if (!promptIds?.length) throw new RangeError("Cannot search: the prompt is empty.");
  let state = model.initialState(1);
  let logits: Float32Array = new Float32Array(0);
  for (const id of Array.from(promptIds)) ({ logits, state } = await model.step(state, [id]));
  const logProbabilities = rankable(model, logits);
  const empty = { ids: [], logProbability: 0, score: 0, state, logProbabilities };
  return { open: [empty], ended: [], chosenIds: [] };
}

/**
 * The best children of the open hypotheses, `width` of them. Penalties choose, they do not count in the
 * scores. Ties go to the earlier parent, then to the lower id.
 *
 * @throws {RangeError} if a score is not a number.
 */
export async function growBeam(
  model: LanguageModel,
  { open: parents, ended: before }: Beam,
  options: BeamStep,
): Promise<Beam> {
  const { step, width, isLast, endId, lengthPower, siblingPenalty = 0 } = options;
  const { tokenPenalty = () => 0 } = options;
  const divisor = step ** lengthPower;
  const children = parents.flatMap((parent) => {
    const preferred = parent.logProbabilities.map((nats, id) => nats - tokenPenalty(id) * divisor);
    return rankedIds(preferred).slice(0, width).map((id, rank) => {
      const logProbability = parent.logProbability + parent.logProbabilities[id];
      const score = logProbability / divisor;
      const merit = score - siblingPenalty * rank - tokenPenalty(id);
      return { parent, id, logProbability, score, merit };
    });
  });
  const chosen = children
    .filter(({ logProbability }) => logProbability > -Infinity)
    .sort((a, b) => b.merit - a.merit).slice(0, width);
  const open: OpenHypothesis[] = [];
  const ended = [...before];
  for (const { parent, id, logProbability, score } of chosen) {
    const hypothesis = { ids: [...parent.ids, id], logProbability, score };
    if (id === endId || isLast) ended.push(hypothesis);
    else {
      const { logits, state } = await model.step(parent.state, [id]);
      const logProbabilities = rankable(model, logits);
      open.push({ ...hypothesis, state, logProbabilities });
    }
  }
  return { open, ended, chosenIds: chosen.map(({ id }) => id) };
}

/** The best of the ended hypotheses, best score first. */
export function bestOf({ ended }: Beam, width: number): Hypothesis[] {
  return [...ended].sort((a, b) => b.score - a.score).slice(0, width);
}

/** Log-probabilities from logits: what is not a number cannot be ranked. */
function rankable({ name, vocabulary }: LanguageModel, logits: Float32Array): Float64Array {
  const logProbabilities = logSoftmaxRow(logits, vocabulary.size);
  // One score that is NaN, or a largest that is not finite, makes all of them NaN.
  if (Number.isNaN(logProbabilities[0])) {
    throw new RangeError(`Cannot search: the scores of ${name} are not finite; it has diverged.`);
  }
  return logProbabilities;
}

/** What the ways to search by a beam are told alike. */
interface SearchSettings {
  readonly length: number;
  readonly width: number;
  readonly endId?: number;
  readonly lengthPower?: number;
}

/**
 * @throws {RangeError} if the length or the width is not a whole number of at least 1, the token that ends
 * is none of the vocabulary's, or length^lengthPower is no positive, finite number.
 */
export function requireSearch(
  { vocabulary }: LanguageModel,
  { length, width, endId, lengthPower = 0 }: SearchSettings,
): void {
  requireCounts({ length, width });
  if (endId !== undefined && !(Number.isInteger(endId) && endId >= 0 && endId < vocabulary.size)) {
    throw new RangeError(
      `Cannot search: endId must be an id below ${vocabulary.size}, got ${endId}.`,
    );
  }
  const divisor = length ** lengthPower;
  if (!(divisor > 0 && divisor < Infinity)) {
    throw new RangeError(
      `Cannot search: length^lengthPower must be above 0 and finite, got ${length}^${lengthPower}.`,
    );
  }
}

/** @throws {RangeError} if one of the named sizes is not a whole number of at least 1. */
export function requireCounts(sizes: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(sizes)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`Cannot search: ${name} must be a whole number >= 1, got ${value}.`);
    }
  }
}

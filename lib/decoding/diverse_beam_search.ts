import {
  type Beam,
  bestOf,
  growBeam,
  type Hypothesis,
  requireCounts,
  requireSearch,
  startBeam,
} from "lib/decoding/beam.ts";
import type { BeamSearchOptions } from "lib/decoding/beam_search.ts";
import type { LanguageModel } from "lib/models/language_model.ts";

/** How to search; `width` is that of all groups together. */
export interface DiverseBeamSearchOptions extends Omit<BeamSearchOptions, "siblingPenalty"> {
  /** Beams that are searched one after the other, `width / groups` hypotheses each. */
  readonly groups: number;
  /** Lambda: taken off a token's score for each hypothesis of an earlier group that chose it at this place. */
  readonly strength: number;
}

/** A hypothesis, and the group that found it. */
export interface GroupedHypothesis extends Hypothesis {
  /** From 0. */
  readonly group: number;
}

/**
 * Diverse beam search (Vijayakumar et al. 2016, algorithm 1) with Hamming diversity: the groups take a
 * step in turn, and each keeps away from the tokens that the groups before it chose at the same place.
 *
 * A child y of group g is chosen by score(y) - strength * #{hypotheses of groups < g with y's last token
 * at this place}. The penalty chooses and is forgotten: scores and log-probabilities are the model's own
 * (Hugging Face adds it up along the hypothesis).
 *
 * One group is plain beam search of the whole width. Strength 0 is `groups` times the same plain beam
 * search of width `width / groups`: duplicates stay. The first group is always plain.
 *
 * @returns all groups' hypotheses, group by group, best score first within a group; at most `width`.
 * @throws {RangeError} as `beamSearch`, if the groups do not divide the width, or the strength is negative or not finite.
 */
export async function diverseBeamSearch(
  model: LanguageModel,
  options: DiverseBeamSearchOptions,
): Promise<GroupedHypothesis[]> {
  const { promptIds, length, width, groups, strength, endId, lengthPower = 0 } = options;
  requireSearch(model, options);
  requireCounts({ groups });
  if (width % groups !== 0) {
    throw new RangeError(`Cannot search: ${groups} groups do not divide a width of ${width}.`);
  }
  if (!(strength >= 0 && strength < Infinity)) {
    throw new RangeError(
      `Cannot search: the strength must be at least 0 and finite, got ${strength}.`,
    );
  }
  const share = width / groups;
  const start = await startBeam(model, promptIds);
  const beams = Array.from({ length: groups }, (): Beam => start);
  for (let step = 1; step <= length; step++) {
    const taken = new Map<number, number>();
    for (let group = 0; group < groups; group++) {
      beams[group] = await growBeam(model, beams[group], {
        ...{ step, width: share, isLast: step === length, endId, lengthPower },
        tokenPenalty: (id) => strength * (taken.get(id) ?? 0),
      });
      for (const id of beams[group].chosenIds) taken.set(id, (taken.get(id) ?? 0) + 1);
    }
  }
  return beams.flatMap((beam, group) => bestOf(beam, share).map((one) => ({ ...one, group })));
}

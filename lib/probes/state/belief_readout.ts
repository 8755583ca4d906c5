import type { StateSequence } from "lib/probes/state/hidden_states.ts";
import { explainedVariance, fitLinearProbe } from "lib/probes/state/linear_probe.ts";
import type { BeliefState } from "lib/sources/hidden_markov_model.ts";
import type { SequenceSource } from "lib/sources/sequence_source.ts";

/** How much of a filter's belief a linear map reads off a network's state. */
export interface BeliefReadout {
  /** On sequences that the map was not fitted on: 1 is all of it. */
  readonly rSquared: number;
  /** The filter's probability of hidden state 0 and the map's reading of it, at each measured place. */
  readonly readings: readonly { belief: number; reading: number }[];
}

/**
 * Reads the exact filter's belief P(hidden state | prefix) off the network's states by a linear map.
 *
 * If the map explains all of it, the network's state *holds* the belief in other coordinates. How much of that is
 * learnt shows beside an untrained network: the echo of the last symbols alone goes far.
 *
 * @param fitted states on which the map is fitted.
 * @param options.fresh states on which it is measured.
 * @param options.skip tokens at the start of each sequence that are left out; 5 unless told.
 */
export function beliefReadout(
  fitted: readonly StateSequence[],
  { source, fresh, skip = 5 }: {
    source: SequenceSource<BeliefState>;
    fresh: readonly StateSequence[];
    skip?: number;
  },
): BeliefReadout {
  const rows = (sequences: readonly StateSequence[]) =>
    sequences.flatMap(({ ids, states }) => {
      const beliefs = beliefsAlong(source, ids);
      return states.slice(skip).map((state, index) => ({ state, belief: beliefs[skip + index] }));
    });
  const [train, test] = [rows(fitted), rows(fresh)];
  const statesOf = (of: typeof train) => of.map(({ state }) => state);
  const beliefsOf = (of: typeof train) => of.map(({ belief }) => belief);
  const probe = fitLinearProbe(statesOf(train), beliefsOf(train));
  return {
    rSquared: explainedVariance(probe, statesOf(test), beliefsOf(test)),
    readings: test.map(({ state, belief }) => (
      { belief: belief[0], reading: probe.predict(state)[0] }
    )),
  };
}

/** The belief after each symbol. */
export function beliefsAlong(
  source: SequenceSource<BeliefState>,
  ids: ArrayLike<number>,
): BeliefState[] {
  let belief = source.initialState();
  return Array.from(ids, (id) => belief = source.advance(belief, id));
}

/** The last symbols, one-hot, in place of a network's states: what a window alone can tell of the belief. */
export function windowStates(
  ids: Int32Array,
  { symbols, size }: { symbols: number; size: number },
): StateSequence {
  const states = Array.from(ids, (_, place) => {
    const row = new Float64Array(symbols * size);
    for (let back = 0; back < symbols && back <= place; back++) {
      row[back * size + ids[place - back]] = 1;
    }
    return row;
  });
  return { ids, states };
}

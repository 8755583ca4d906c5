import type { StateSequence } from "lib/probes/state/hidden_states.ts";
import { explainedVariance, fitLinearProbe } from "lib/probes/state/linear_probe.ts";
import type { StringSource } from "lib/sources/string_source.ts";

/**
 * How well a linear map reads an automaton's state, one-hot, off a network's states: the share of its variance that
 * is explained on strings that the map was not fitted on. 1 is all of it.
 *
 * What the state after a string's end tells is left out: its last symbol says it.
 *
 * @param fitted states along whole strings, on which the map is fitted.
 * @param options.fresh states along other strings, on which it is measured.
 * @throws {RangeError} if a fresh string visits a state of the automaton that no fitted one does.
 */
export function automatonReadout(
  fitted: readonly StateSequence[],
  { source, fresh }: { source: StringSource<number>; fresh: readonly StateSequence[] },
): number {
  const [train, test] = [fitted, fresh].map((strings) => placesWithin(strings, source));
  const visited = [...new Set(train.map(({ automaton }) => automaton))];
  const unknown = test.find(({ automaton }) => !visited.includes(automaton));
  if (unknown) {
    throw new RangeError(
      `Cannot read off ${source.name}: no string of the fit visits state ${unknown.automaton}.`,
    );
  }
  const statesOf = (places: typeof train) => places.map(({ state }) => state);
  const targetsOf = (places: typeof train) =>
    places.map(({ automaton }) => visited.map((one) => Number(one === automaton)));
  const probe = fitLinearProbe(statesOf(train), targetsOf(train));
  return explainedVariance(probe, statesOf(test), targetsOf(test));
}

function placesWithin(strings: readonly StateSequence[], source: StringSource<number>) {
  return strings.flatMap(({ ids, states }) => {
    let automaton = source.initialState();
    return states.slice(0, -1).map((state, place) => {
      automaton = source.advance(automaton, ids[place]);
      return { state, automaton };
    });
  });
}

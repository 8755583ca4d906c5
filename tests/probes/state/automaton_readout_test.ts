import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { automatonReadout } from "lib/probes/state/automaton_readout.ts";
import { windowStates } from "lib/probes/state/belief_readout.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { reber, stringAutomaton } from "lib/sources/reber.ts";
import { sampleStrings } from "lib/sources/string_source.ts";

const surely = (symbol: string, next: number | null) => [{ symbol, next, probability: 1 }];
/** Writes a a b: after either a, only the symbol before it tells the state. */
const twice = stringAutomaton({
  name: "a a b",
  alphabet: ["a", "b"],
  states: [surely("a", 1), surely("a", 2), surely("b", null)],
});
const string = Int32Array.of(0, 0, 1);
const window = (symbols: number) => windowStates(string, { symbols, size: 2 });

Deno.test("automatonReadout() of a window that tells the state is 1, of one that does not 0", () => {
  const readout = (symbols: number) =>
    automatonReadout([window(symbols), window(symbols)], {
      source: twice,
      fresh: [window(symbols)],
    });
  assertAlmostEquals(readout(1), 0, 1e-9);
  assertAlmostEquals(readout(2), 1, 1e-6);
});

Deno.test("automatonReadout() of the state itself, in other coordinates, is 1", () => {
  const disguised = sampleStrings(reber(), { count: 60, random: randomStream(1, "strings") })
    .map((ids) => ({
      ids,
      states: Array.from(ids, (_, place) => {
        const state = reber().predictiveState(ids.subarray(0, place + 1));
        return Float64Array.from({ length: 7 }, (_, k) => k === state ? 3 : k <= state ? 1 : -1);
      }),
    }));
  const [fitted, fresh] = [disguised.slice(0, 30), disguised.slice(30)];
  assertAlmostEquals(automatonReadout(fitted, { source: reber(), fresh }), 1, 1e-3);
});

Deno.test("automatonReadout() leaves out what follows a string's last symbol", () => {
  const [first, second, last] = window(2).states;
  const readout = (end: Float64Array) =>
    automatonReadout([{ ids: string, states: [first, second, end] }], {
      source: twice,
      fresh: [window(2)],
    });
  assertEquals(readout(last), readout(last.map(() => NaN)));
});

Deno.test("automatonReadout() refuses a state that the fit never saw", () => {
  const short = { ids: string.subarray(0, 2), states: window(1).states.slice(0, 2) };
  assertThrows(
    () => automatonReadout([short], { source: twice, fresh: [window(1)] }),
    RangeError,
    "no string of the fit visits state 2",
  );
});

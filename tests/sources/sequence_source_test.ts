import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import {
  defineSource,
  entropyBits,
  requireDistribution,
  requireProbability,
} from "lib/sources/sequence_source.ts";

/** Strictly alternating, each symbol repeated with probability 1/4, never three times. */
const source = defineSource<{ last: number; run: number }>({
  name: "alternator",
  alphabet: ["x", "y"],
  entropyRateBits: { value: NaN, error: NaN },
  initialState: () => ({ last: -1, run: 0 }),
  advance: (state, symbol) =>
    symbol === state.last ? { last: symbol, run: state.run + 1 } : { last: symbol, run: 1 },
  predict({ last, run }) {
    const again = run === 2 ? 0 : 0.25;
    if (last === -1) return Float64Array.of(0.5, 0.5);
    return last === 0 ? Float64Array.of(again, 1 - again) : Float64Array.of(1 - again, again);
  },
});

Deno.test("defineSource() folds the predictor over a prefix", () => {
  assertEquals(source.predictiveState([0, 1, 1]), { last: 1, run: 2 });
  assertEquals([...source.conditional([0, 1, 1])], [1, 0]);
  assertEquals([...source.conditional([])], [0.5, 0.5]);
});

Deno.test("defineSource() gives the conditionals of every proper prefix at once", () => {
  const ids = [0, 1, 1, 0, 0];
  const rows = source.conditionals(ids);
  assertEquals(rows.length, 10);
  for (let place = 0; place < ids.length; place++) {
    assertEquals(
      [...rows.subarray(2 * place, 2 * place + 2)],
      [...source.conditional(ids.slice(0, place))],
    );
  }
});

Deno.test("defineSource() samples with the conditionals' frequencies", () => {
  const ids = source.sample(40_000, randomStream(1, "sample"));
  const seen = { after: 0, again: 0, third: 0 };
  for (let place = 2; place < ids.length; place++) {
    if (ids[place - 2] === ids[place - 1]) {
      if (ids[place] === ids[place - 1]) seen.third++;
    } else {
      seen.after++;
      if (ids[place] === ids[place - 1]) seen.again++;
    }
  }
  assertEquals(seen.third, 0);
  assertAlmostEquals(seen.again / seen.after, 0.25, 0.01);
});

Deno.test("defineSource() names the symbol that cannot come", () => {
  assertThrows(
    () => source.conditional([0, 1, 1, 1]),
    RangeError,
    "symbol y at place 3 has probability 0",
  );
  assertThrows(() => source.predictiveState([2]), RangeError, "symbol 2 at place 0");
});

Deno.test("defineSource() refuses an alphabet with a symbol twice", () => {
  assertThrows(() => defineSource({ ...source, alphabet: ["x", "x"] }), RangeError, "got x x");
});

Deno.test("entropyBits() of 8 equal parts is 3, of certainty 0", () => {
  assertAlmostEquals(entropyBits(new Array(8).fill(1 / 8)), 3, 1e-12);
  assertEquals(entropyBits([0, 1, 0]), 0);
});

Deno.test("requireDistribution() names the row that is none", () => {
  const expected = { size: 2, what: "row 3" };
  assertEquals([...requireDistribution([0.25, 0.75], expected)], [0.25, 0.75]);
  for (const row of [[1], [0.5, 0.6], [1.5, -0.5], [NaN, 1]]) {
    assertThrows(() => requireDistribution(row, expected), RangeError, "row 3 must be 2");
  }
});

Deno.test("requireProbability() refuses 0 and 1 and what is not a number", () => {
  for (const value of [0, 1, -1, NaN]) {
    assertThrows(() => requireProbability(value, "p"), RangeError, `p must lie strictly`);
  }
});

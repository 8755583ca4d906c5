import { assertAlmostEquals, assertEquals } from "@std/assert";
import { beliefReadout, beliefsAlong, windowStates } from "lib/probes/state/belief_readout.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { evenProcess } from "lib/sources/even_process.ts";

const source = evenProcess();
const sample = (seed: number) => source.sample(400, randomStream(seed, "ids"));

Deno.test("beliefsAlong() is the filter: certain of the hidden state once a 0 has come", () => {
  const beliefs = beliefsAlong(source, [1, 0, 1, 1]);
  assertEquals(beliefs.slice(1).map((belief) => [...belief]), [[1, 0], [0, 1], [1, 0]]);
});

Deno.test("beliefReadout() of the belief itself, turned and shifted, explains all of it", () => {
  const disguised = (ids: Int32Array) => (
    {
      ids,
      states: beliefsAlong(source, ids).map(([p, q]) =>
        Float64Array.of(3 * p - q + 1, p + q, 2 * q)
      ),
    }
  );
  const { rSquared, readings } = beliefReadout([disguised(sample(1))], {
    source,
    fresh: [disguised(sample(2))],
  });
  assertAlmostEquals(rSquared, 1, 1e-3);
  assertEquals(readings.length, 395);
  assertAlmostEquals(readings[9].belief, readings[9].reading, 0.05);
});

Deno.test("beliefReadout() of a window explains only a part: the even process outlasts it", () => {
  const window = (seed: number) => windowStates(sample(seed), { symbols: 2, size: 2 });
  const { rSquared } = beliefReadout([window(1), window(3)], { source, fresh: [window(2)] });
  assertEquals(rSquared > 0.2 && rSquared < 0.8, true);
});

Deno.test("windowStates() is the last symbols one-hot, newest first", () => {
  const { states } = windowStates(Int32Array.of(1, 0, 0), { symbols: 2, size: 2 });
  assertEquals(states.map((row) => [...row]), [[0, 1, 0, 0], [1, 0, 0, 1], [1, 0, 1, 0]]);
});

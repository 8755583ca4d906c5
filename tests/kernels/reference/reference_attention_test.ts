import { assertAlmostEquals, assertEquals } from "@std/assert";
import { attend, attendBackward } from "lib/kernels/reference/reference_attention.ts";
import { randomNormal } from "lib/random/normal.ts";
import { randomStream } from "lib/random/random_stream.ts";

const [size, batchSize, timeSteps] = [3, 2, 4];
const draw = randomNormal(randomStream(1, "look"));
const matrix = (count: number) => Float64Array.from({ length: count }, draw);
const states = matrix((timeSteps + 1) * batchSize * size);
const parameters = { "attention/query": matrix(size * size), "attention/key": matrix(size * size) };
const place = { timeStep: 3, row: 1 };
const seen = { states, batchSize, hiddenSize: size };

Deno.test("attend() weights the states of its own sequence up to its own time step, by hand", () => {
  const { weights, context } = attend(seen, parameters, place);
  const state = (t: number) => [...states.slice((t * 2 + 1) * 3, (t * 2 + 2) * 3)];
  const times = (vector: number[], m: Float64Array) =>
    [0, 1, 2].map((j) => vector.reduce((sum, value, i) => sum + value * m[i * 3 + j], 0));
  const query = times(state(3), parameters["attention/query"]);
  const scores = [1, 2, 3].map((t) =>
    times(state(t), parameters["attention/key"])
      .reduce((sum, value, j) => sum + value * query[j], 0) / Math.sqrt(3)
  );
  const powers = scores.map(Math.exp);
  const total = powers.reduce((a, b) => a + b);
  assertEquals(weights.length, 3);
  weights.forEach((weight, t) => assertAlmostEquals(weight, powers[t] / total, 1e-12));
  context.forEach((value, i) => {
    const expected = [1, 2, 3].reduce((sum, t) => sum + powers[t - 1] / total * state(t)[i], 0);
    assertAlmostEquals(value, expected, 1e-12);
  });
});

Deno.test("attendBackward() equals finite differences, for states and both matrices", () => {
  const toContext = [0.3, -1, 2];
  const loss = () =>
    attend(seen, parameters, place).context
      .reduce((sum, value, i) => sum + toContext[i] * value, 0);
  const toStates = new Float64Array(states.length);
  const gradients = {
    "attention/query": new Float64Array(9),
    "attention/key": new Float64Array(9),
  };
  const trace = attend(seen, parameters, place);
  attendBackward(seen, parameters, { trace, place, toContext, toStates, gradients });
  const pairs = [
    [states, toStates],
    ...(["attention/query", "attention/key"] as const).map(
      (name) => [parameters[name], gradients[name]],
    ),
  ];
  for (const [values, gradient] of pairs) {
    for (let i = 0; i < values.length; i++) {
      const kept = values[i];
      values[i] = kept + 1e-5;
      const up = loss();
      values[i] = kept - 1e-5;
      const down = loss();
      values[i] = kept;
      assertAlmostEquals(gradient[i], (up - down) / 2e-5, 1e-8);
    }
  }
});

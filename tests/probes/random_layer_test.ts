import { assertAlmostEquals, assertEquals } from "@std/assert";
import { gaussian, identity } from "lib/models/initialisers.ts";
import { modelLayer } from "lib/probes/cell_trajectory.ts";
import { randomLayer } from "lib/probes/random_layer.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { smallModel } from "../models/small_model.ts";

Deno.test("randomLayer() draws the very weights that a model of the same stream has", () => {
  const model = smallModel("gru");
  const expected = modelLayer(model);
  const drawn = randomLayer({
    cell: "gru",
    inputSize: 7,
    hiddenSize: 5,
    input: gaussian(0.5),
    recurrent: gaussian(0.5),
    random: randomStream(1, "initial weights"),
  });
  for (const name of ["inputWeights", "recurrentWeights"] as const) {
    Array.from(drawn[name], (value, i) => assertAlmostEquals(value, expected[name][i], 1e-7));
  }
  model.dispose();
});

Deno.test("randomLayer() draws each gate's matrix on its own and sets the gate bias asked for", () => {
  const { recurrentWeights, bias } = randomLayer({
    cell: "lstm",
    inputSize: 1,
    hiddenSize: 2,
    input: gaussian(0),
    recurrent: identity(),
    gateBias: { gate: 1, value: 2 },
    random: randomStream(1, "w"),
  });
  assertEquals(Array.from(recurrentWeights), [1, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1]);
  assertEquals(Array.from(bias), [0, 0, 2, 2, 0, 0, 0, 0]);
});

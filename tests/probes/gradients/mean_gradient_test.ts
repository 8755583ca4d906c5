import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { lossGradientByDistance } from "lib/probes/gradients/gradient_by_distance.ts";
import { meanLossGradient } from "lib/probes/gradients/mean_gradient.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

const vocabulary = createVocabulary([..."abc"]);
const model = recurrentLanguageModel({
  ...{ vocabulary, cell: "lstm", hiddenSize: 5 },
  random: randomStream(1, "weights"),
});
const ids = Int32Array.from({ length: 60 }, (_, at) => (at * at + at) % 3);

Deno.test("meanLossGradient() of one place is that place's gradient, relative to distance 0", () => {
  const points = meanLossGradient(model, ids, { places: 1, maxDistance: 8 });
  const own = lossGradientByDistance(model, ids.subarray(0, 10), { part: "state" });
  assertEquals(points.map(({ x }) => x), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
  points.forEach(({ y }, k) => assertAlmostEquals(y, own[k].log10Norm - own[0].log10Norm, 1e-12));
});

Deno.test("meanLossGradient() averages the logarithms over places spread over the text", () => {
  const two = meanLossGradient(model, ids, { places: 2, maxDistance: 8 });
  const [first, last] = [ids.subarray(0, 10), ids.subarray(50)].map((piece) =>
    meanLossGradient(model, piece, { places: 1, maxDistance: 8 })
  );
  two.forEach(({ y }, k) => assertAlmostEquals(y, (first[k].y + last[k].y) / 2, 1e-12));
});

Deno.test("meanLossGradient() refuses a text too short for its places", () => {
  assertThrows(() => meanLossGradient(model, ids, { places: 9, maxDistance: 8 }), RangeError);
});

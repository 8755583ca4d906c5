import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { maskedTransformer } from "lib/models/transformer/masked_transformer.ts";
import {
  exactConditionals,
  gapAccuracy,
  jointTable,
  modelConditionals,
  totalMass,
} from "lib/probes/truth/gap_conditionals.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { markovChain } from "lib/sources/markov_chain.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

const rows = [[0.9, 0.1], [0.1, 0.9]];
const chain = markovChain({ alphabet: ["a", "b"], order: 1, transition: ([at]) => rows[at] });
const space = { size: 2, length: 3 };
const joint = jointTable(chain, 3);
const both = exactConditionals(joint, { ...space, seesFuture: true });
const left = exactConditionals(joint, { ...space, seesFuture: false });

Deno.test("jointTable() holds the product of the chain's probabilities", () => {
  assertAlmostEquals(joint[0b000], 0.5 * 0.9 * 0.9, 1e-12);
  assertAlmostEquals(joint[0b011], 0.5 * 0.1 * 0.9, 1e-12);
  assertAlmostEquals(joint.reduce((sum, one) => sum + one, 0), 1, 1e-12);
});

Deno.test("exactConditionals() given both sides and given the left alone", () => {
  // P(a | a _ a) = 0.81 / (0.81 + 0.01); given the left alone 0.9.
  assertAlmostEquals(both[1][0b000], 0.81 / 0.82, 1e-12);
  assertAlmostEquals(both[1][0b001], 0.5, 1e-12);
  assertAlmostEquals(left[1][0b001], 0.9, 1e-12);
  assertAlmostEquals(left[0][0b011], 0.5, 1e-12);
  assertAlmostEquals(both[0][0b011], 0.1, 1e-12);
});

Deno.test("totalMass() is 1 by the chain rule, and not for the pseudo-likelihood", () => {
  assertAlmostEquals(totalMass(left), 1, 1e-12);
  // Sum over the eight sequences by hand: aaa and bbb, aab-like four, aba and bab.
  const expected = 2 * (0.9 * 0.81 / 0.82 * 0.9) + 4 * (0.9 * 0.5 * 0.1) +
    2 * (0.1 * 0.01 / 0.82 * 0.1);
  assertAlmostEquals(totalMass(both), expected, 1e-12);
});

Deno.test("gapAccuracy() of the exact conditionals is the best there is", () => {
  assertAlmostEquals(
    gapAccuracy(joint, { ...space, conditionals: left }),
    (0.5 + 0.9 + 0.9) / 3,
    1e-12,
  );
  // The ends see one neighbour: 0.9. The middle: both agree with 0.82 and it is 0.81 / 0.82, else a coin.
  const middle = 0.81 + 0.18 / 2;
  assertAlmostEquals(
    gapAccuracy(joint, { ...space, conditionals: both }),
    (1.8 + middle) / 3,
    1e-12,
  );
});

Deno.test("modelConditionals() are distributions at each gap; looking left only, the right is unseen", async () => {
  await useBackend("wasm");
  const vocabulary = createVocabulary(["a", "b"]);
  const sizes = { embeddingSize: 8, blockCount: 1, headCount: 2, contextLength: 3 };
  for (const seesFuture of [true, false]) {
    const random = randomStream(1, "weights");
    const model = maskedTransformer({ vocabulary, ...sizes, seesFuture, deviation: 0.5, random });
    const tables = await modelConditionals(model, space);
    for (let code = 0; code < 8; code++) {
      assertAlmostEquals(tables[1][code] + tables[1][code ^ 0b010], 1, 1e-6);
    }
    assertEquals(tables[1][0b000] === tables[1][0b001], !seesFuture);
    assert(Math.abs(totalMass(tables) - 1) < 1e-5 === !seesFuture);
    model.dispose();
  }
});

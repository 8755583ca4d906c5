import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { stepwiseTokenLosses } from "lib/models/token_losses.ts";
import { markovChain } from "lib/sources/markov_chain.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

const vocabulary = createVocabulary(["a", "b", "c", "d"]);
const training = Int32Array.from(
  { length: 300 },
  ((random) => () => Math.floor(3 * random() * random()))(randomStream(1, "training")),
);
const text = Int32Array.from(
  { length: 60 },
  ((random) => () => Math.floor(4 * random() * random()))(randomStream(1, "text")),
);

/** Witten-Bell by its recursion, counting anew for every question. */
function wittenBell(context: number[], id: number): number {
  let followed = 0;
  let both = 0;
  const followers = new Set<number>();
  for (let place = context.length; place < training.length; place++) {
    if (!context.every((other, back) => training[place - context.length + back] === other)) {
      continue;
    }
    followed++;
    followers.add(training[place]);
    if (training[place] === id) both++;
  }
  const shorter = context.length === 0 ? 1 / 4 : wittenBell(context.slice(1), id);
  if (followed === 0) return shorter;
  return (both + followers.size * shorter) / (followed + followers.size);
}

Deno.test("ngramModel() predicts what the Witten-Bell recursion does, orders 1 to 8", () => {
  for (let order = 1; order <= 8; order++) {
    const losses = ngramModel(training, { vocabulary, order }).tokenLosses(text);
    for (let place = 1; place < text.length; place++) {
      const context = [...text.slice(Math.max(0, place - order + 1), place)];
      assertAlmostEquals(losses[place - 1], -Math.log(wittenBell(context, text[place])), 1e-12);
    }
  }
});

Deno.test("ngramModel() sums to 1 after every prefix, 'd' never seen included", async () => {
  const model = ngramModel(training, { vocabulary, order: 3 });
  assertEquals(training.includes(3), false);
  let state = model.initialState(2);
  for (const id of text) {
    const next = await model.step(state, [id, 3 - id]);
    for (const row of [0, 1]) {
      let sum = 0;
      for (const logit of next.logits.subarray(4 * row, 4 * row + 4)) sum += Math.exp(logit);
      assertAlmostEquals(sum, 1, 1e-6);
    }
    state = next.state;
  }
});

Deno.test("ngramModel() stepped gives the losses it gives a whole text", async () => {
  for (const order of [1, 4]) {
    const model = ngramModel(training, { vocabulary, order });
    const stepped = await stepwiseTokenLosses(model, text);
    model.tokenLosses(text).forEach((loss, place) =>
      assertAlmostEquals(stepped[place], loss, 1e-6)
    );
  }
});

Deno.test("ngramModel() is the same to the last bit whatever lies beyond its window", () => {
  const model = ngramModel(training, { vocabulary, order: 3 });
  const after = (ids: number[]) => {
    let state = model.initialState(1);
    let logits: Float32Array = new Float32Array(4);
    for (const id of ids) ({ logits, state } = model.step(state, [id]));
    return logits;
  };
  assertEquals(after([0, 1, 0]), after([2, 1, 0]));
  assertEquals(after([0, 1, 0])[0] === after([0, 2, 0])[0], false);
});

Deno.test("ngramModel() leaves the state it is given alone", () => {
  const model = ngramModel(training, { vocabulary, order: 3 });
  const state = model.step(model.initialState(1), [1]).state;
  const first = model.step(state, [0]).logits;
  model.step(state, [2]);
  assertEquals(model.step(state, [0]).logits, first);
});

Deno.test("ngramModel() of order k + 1 comes within 1 % of the entropy rate of an order-k chain", () => {
  const source = markovChain({
    alphabet: ["a", "b", "c"],
    order: 2,
    transition: ([older, newer]) => [0, 1, 2].map((id) => id === (older + newer) % 3 ? 0.7 : 0.15),
  });
  const ids = source.sample(60_000, randomStream(1, "chain"));
  const three = createVocabulary(source.alphabet);
  const losses = ngramModel(ids.subarray(0, 40_000), { vocabulary: three, order: 3 })
    .tokenLosses(ids.subarray(40_000));
  const bits = losses.reduce((sum, loss) => sum + loss, 0) / losses.length / Math.LN2;
  assertAlmostEquals(bits / source.entropyRateBits.value, 1, 0.01);
});

Deno.test("ngramModel() refuses orders beyond 1 to 8 and ids beyond its vocabulary", () => {
  for (const order of [0, 9, 1.5]) {
    assertThrows(() => ngramModel(training, { vocabulary, order }), RangeError, `got ${order}`);
  }
  const ids = Int32Array.of(0, 4);
  assertThrows(() => ngramModel(ids, { vocabulary, order: 2 }), RangeError, "id 4 at place 1");
  const model = ngramModel(training, { vocabulary, order: 2 });
  assertThrows(() => model.tokenLosses(ids), RangeError, "id 4 at place 1");
  assertThrows(() => model.tokenLosses(Int32Array.of(1)), RangeError, "at least 2 tokens");
});

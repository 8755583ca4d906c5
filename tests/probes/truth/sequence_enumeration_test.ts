import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { sourceModel } from "lib/models/source_model.ts";
import { enumerateSequences, enumerateSource } from "lib/probes/truth/sequence_enumeration.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { goldenMeanProcess } from "lib/sources/golden_mean_process.ts";
import { markovChain } from "lib/sources/markov_chain.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

Deno.test("enumerateSequences() sums to 1 for networks and counts", async () => {
  await useBackend("wasm");
  const vocabulary = createVocabulary(["a", "b", "c"]);
  const random = randomStream(1, "ids");
  const ids = Int32Array.from({ length: 300 }, () => Math.floor(random() * 3));
  for (const cell of ["rnn-tanh", "gru", "lstm"] as const) {
    const model = recurrentLanguageModel({
      vocabulary,
      cell,
      hiddenSize: 5,
      random: randomStream(1, cell),
    });
    const { sequences, sum, logProbabilities } = await enumerateSequences(model, {
      length: 5,
      prefix: [2],
    });
    assertEquals(sequences, 243);
    assertAlmostEquals(sum, 1, 1e-6);
    // 200 in base 3 is 21102.
    const whole = Int32Array.of(2, 2, 1, 1, 0, 2);
    const losses = await model.tokenLosses(whole);
    assertAlmostEquals(logProbabilities[200], -losses.reduce((total, loss) => total + loss), 1e-5);
    model.dispose();
  }
  const counted = ngramModel(ids, { vocabulary, order: 3 });
  // 3^9 = 19,683 sequences go through in batches of 8,192.
  assertAlmostEquals(
    (await enumerateSequences(counted, { length: 9, prefix: [0, 1] })).sum,
    1,
    1e-5,
  );
});

Deno.test("enumerateSource() gives the exact joint, and a perfect model the same", async () => {
  const source = goldenMeanProcess();
  const { logProbabilities, sum, sequences } = enumerateSource(source, { length: 2, prefix: [1] });
  // 00 cannot come; 01, 10 and 11 have 1/2, 1/4, 1/4 after a 1.
  assertEquals(sequences, 4);
  assertEquals([...logProbabilities].map(Math.exp), [0, 1 / 2, 1 / 4, 1 / 4]);
  assertEquals(sum, 1);
  const coin = markovChain({ alphabet: ["h", "t"], order: 0, transition: () => [0.25, 0.75] });
  const exact = enumerateSource(coin, { length: 3, prefix: [0] });
  const model = await enumerateSequences(sourceModel(coin), { length: 3, prefix: [0] });
  for (let place = 0; place < 8; place++) {
    assertAlmostEquals(model.logProbabilities[place], exact.logProbabilities[place], 1e-6);
  }
  await assertRejects(
    () => enumerateSequences(sourceModel(coin), { length: 2, prefix: [] }),
    RangeError,
    "prefix of 0",
  );
  await assertRejects(
    () => enumerateSequences(sourceModel(coin), { length: 21, prefix: [1] }),
    RangeError,
    "2^21",
  );
});

import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { sourceModel } from "lib/models/source_model.ts";
import { indexOfGreatest, recallAccuracy, tokenRecall } from "lib/probes/state/token_recall.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { plantedDependency } from "lib/sources/planted_dependency.ts";
import { joinStrings, sampleStrings } from "lib/sources/string_source.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** States that hold the last two tokens one-hot, and nothing of the one before. */
function shiftRegister(seed: number) {
  const random = randomStream(seed, "tokens");
  const ids = Int32Array.from(
    { length: 600 },
    () => random() < 0.5 ? 0 : 1 + Math.floor(2 * random()),
  );
  const states = Array.from(
    ids,
    (id, place) =>
      Float64Array.from(
        { length: 6 },
        (_, index) => +(index < 3 ? index === id : index - 3 === ids[place - 1]),
      ),
  );
  return [{ ids, states }];
}

Deno.test("tokenRecall() reads what the state holds and no more than chance of what it does not", () => {
  const records = tokenRecall(shiftRegister(1), {
    vocabularySize: 3,
    distances: [0, 1, 2],
    fresh: shiftRegister(2),
  });
  assertEquals(records.map(({ accuracy }) => accuracy).slice(0, 2), [1, 1]);
  assertAlmostEquals(records[2].accuracy, records[2].majority, 0.06);
  assertAlmostEquals(records[2].majority, 0.5, 0.06);
});

Deno.test("indexOfGreatest() is the first of equals", () => {
  assertEquals(indexOfGreatest([1, 3, 3]), 1);
  assertEquals(indexOfGreatest(Float32Array.of(-1, -2)), 0);
});

Deno.test("recallAccuracy() is 1 for the perfect predictor and chance for a window that is too short", async () => {
  const source = plantedDependency({ distance: 4 });
  const strings = sampleStrings(source, { count: 400, random: randomStream(1, "strings") });
  const place = 6; // key, four fillers, question mark, then the key again
  assertEquals(await recallAccuracy(sourceModel(source), strings, { place }), 1);
  const vocabulary = createVocabulary(source.alphabet);
  const counted = ngramModel(joinStrings(strings), { vocabulary, order: 3 });
  const accuracy = await recallAccuracy(counted, strings, { place });
  assertEquals(accuracy > 0.15 && accuracy < 0.5, true);
  await assertRejects(
    () => recallAccuracy(counted, strings, { place: 8 }),
    RangeError,
    "too short",
  );
});

import { assertEquals, assertRejects } from "@std/assert";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { sourceModel } from "lib/models/source_model.ts";
import { recallAccuracy } from "lib/probes/state/recall_accuracy.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { plantedDependency } from "lib/sources/planted_dependency.ts";
import { joinStrings, sampleStrings } from "lib/sources/sample_strings.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

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

import { type LossFloor, lossFloors } from "lib/models/ngrams/ngram_sweep.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** Counting a longer text would keep the visitor waiting. */
const mostCounted = 300_000;

/** What counting costs on the last part of a text; of a long one, what equal chances do. */
export function countingFloors(
  training: Int32Array,
  { validation, vocabulary }: { validation: Int32Array; vocabulary: Vocabulary },
): LossFloor[] {
  if (training.length > mostCounted) {
    return [{ name: `ln V, V = ${vocabulary.size}`, lossNats: Math.log(vocabulary.size) }];
  }
  const options = { vocabulary, maxOrder: 6, testFollowsTraining: true };
  return lossFloors(training, validation, options);
}

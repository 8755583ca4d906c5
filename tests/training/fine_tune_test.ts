import { assert, assertEquals } from "@std/assert";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { copyModel, fineTune } from "lib/training/fine_tune.ts";

const vocabulary = createVocabulary([..."abc"]);
const make = () =>
  recurrentLanguageModel({
    ...{ vocabulary, cell: "lstm", hiddenSize: 6, layerCount: 2 },
    random: randomStream(1, "weights"),
  });
const text = Int32Array.from({ length: 200 }, (_, at) => at % 3);

Deno.test("copyModel() gives the same losses to the bit, from weights of its own", async () => {
  const model = make();
  const copy = await copyModel(model);
  const before = await model.tokenLosses(text);
  assertEquals(await copy.tokenLosses(text), before);
  const bias = copy.parameters["output/bias"];
  bias.assign(bias.add(1).mul([1, 2, 3]));
  assertEquals(await model.tokenLosses(text), before);
  assert((await copy.tokenLosses(text))[5] !== before[5]);
  model.dispose();
  copy.dispose();
});

Deno.test("fineTune() learns the new text and leaves the given model as it was", async () => {
  const model = make();
  const before = await model.tokenLosses(text);
  const tuned = await fineTune(model, {
    schedule: streamWindows(text, { batchSize: 4, unrollLength: 8 }),
    training: { optimizer: { kind: "adam", learningRate: 0.03 }, trainingSteps: 60 },
  });
  assertEquals(tuned.records.length, 60);
  assert((await tuned.model.tokenLosses(text)).slice(3).every((loss) => loss < 0.2));
  assertEquals(await model.tokenLosses(text), before);
  model.dispose();
  tuned.model.dispose();
});

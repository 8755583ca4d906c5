import { assertEquals, assertThrows } from "@std/assert";
import type { OptimizerSettings } from "lib/kernels/sequence_network.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
import type { WindowSchedule } from "lib/text/windows/window.ts";
import { checkTraining } from "lib/training/check_training.ts";

const tokenizer = characterTokenizer("abc");
const newModel = () =>
  recurrentLanguageModel({
    vocabulary: tokenizer.vocabulary,
    cell: "gru",
    hiddenSize: 2,
    random: randomStream(1, "weights"),
  });
const ids = tokenizer.encode("abcabcabcabc");
const schedule = streamWindows(ids, { batchSize: 2, unrollLength: 3 });
const optimizer: OptimizerSettings = { kind: "adam", learningRate: 0.01 };

Deno.test("checkTraining() lets pass what fits", () => {
  const model = newModel();
  assertEquals(checkTraining(model, schedule, { optimizer }), undefined);
  model.dispose();
});

Deno.test("checkTraining() says what a student mixed up", () => {
  const model = newModel();
  const says = (
    given: { schedule?: unknown; optimizer?: unknown; validation?: unknown },
    message: string,
  ) => {
    const { schedule: windows, ...options } = { schedule, optimizer, ...given };
    const check = () =>
      checkTraining(model, windows as WindowSchedule, options as { optimizer: OptimizerSettings });
    assertThrows(check, Error, message);
  };
  says({ schedule: ids }, "it learns from a schedule of windows, got Int32Array");
  says({ schedule: undefined }, "got undefined");
  says({ validation: ids }, "it learns from a schedule of windows, got Int32Array");
  says({ optimizer: undefined }, "must be one of sgd, adagrad, rmsprop, adam, got undefined");
  says({ optimizer: { ...optimizer, kind: "adamw" } }, "got adamw");
  says(
    { optimizer: { ...optimizer, learningRate: "0.1" } },
    'must be positive, got the text "0.1"',
  );
  const cut = (changes: object): WindowSchedule => ({
    ...schedule,
    window: (step) => ({ ...schedule.window(step), ...changes }),
  });
  says(
    { schedule: cut({ targetIds: ids.subarray(0, 5) }) },
    "a window of 3 time steps and batch size 2 has 6 ids, its targetIds are 5",
  );
  says(
    { schedule: cut({ inputIds: Int32Array.of(0, 1, 2, 3, 0, 1) }) },
    "the windows hold id 3, outside 0 to 2. Their text was encoded with another tokenizer",
  );
  const tooWide = { validation: cut({ targetIds: Int32Array.of(0, 1, 2, 3, 0, 1) }) };
  says(tooWide, "the windows hold id 3, outside 0 to 2");
  says({ schedule: cut({ timeSteps: 0 }) }, "timeSteps must be a whole number >= 1, got 0.");
  says({ validation: cut({ batchSize: NaN }) }, "batchSize must be a whole number >= 1, got NaN.");
  model.dispose();
  says({}, "it was disposed of");
});

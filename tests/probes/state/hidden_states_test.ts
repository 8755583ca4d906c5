import { assertEquals, assertRejects } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { hiddenStates } from "lib/probes/state/hidden_states.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

const vocabulary = createVocabulary(["a", "b"]);

Deno.test("hiddenStates() are the top layer's of the model's own steps, for sequences of any length", async () => {
  await useBackend("wasm");
  const model = recurrentLanguageModel({
    vocabulary,
    cell: "lstm",
    hiddenSize: 3,
    layerCount: 2,
    random: randomStream(1, "w"),
  });
  const [long, short] = await hiddenStates(model, [Int32Array.of(0, 1, 1), Int32Array.of(1)]);
  assertEquals([long.states.length, short.states.length], [3, 1]);
  let { state } = await model.step(model.initialState(1), [0]);
  ({ state } = await model.step(state, [1]));
  assertEquals([...long.states[1]], [...state.hiddenState.subarray(3)]);
  const [cells] = await hiddenStates(model, [Int32Array.of(0, 1)], { part: "cellState" });
  assertEquals([...cells.states[1]], [...state.cellState!.subarray(3)]);
  await assertRejects(() => hiddenStates(model, []), RangeError, "no sequences");
  const gru = recurrentLanguageModel({
    ...{ vocabulary, cell: "gru", hiddenSize: 3, random: randomStream(1, "w") },
  });
  await assertRejects(
    () => hiddenStates(gru, [Int32Array.of(0)], { part: "cellState" }),
    RangeError,
    "no cellState",
  );
  model.dispose();
  gru.dispose();
});

import { assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import { stateTensors } from "lib/models/cells/stack.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import { everyModel } from "lib/probes/output/every_model.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

await useBackend("wasm");

const notIds = (size: number) => [size, -1, 1.5, NaN];
const notCounts = [0, -1, 1.5, NaN];

async function eachModel(
  check: (model: LanguageModel, kind: { trainable: boolean; steps: boolean }) => unknown,
) {
  const every = await everyModel({ vocabulary: createVocabulary([..."abc"]), seed: 1, longest: 4 });
  for (const { model, steps } of every.trainable) await check(model, { trainable: true, steps });
  for (const model of every.stepwise) await check(model, { trainable: false, steps: true });
  every.dispose();
}

Deno.test("checkedModel() holds every model that steps to ids and batch sizes", async () => {
  await eachModel((model, { steps }) => {
    if (!steps) return;
    const state = model.initialState(1);
    for (const id of notIds(3)) {
      const message =
        `id ${id} is outside the vocabulary of 3: its ids are the whole numbers from 0.`;
      assertThrows(() => model.step(state, [id]), RangeError, message);
    }
    for (const ids of [[], [0, 1, 2]]) {
      assertThrows(() => model.step(state, ids), RangeError, `1 sequences, got ${ids.length} ids`);
    }
    for (const size of notCounts) {
      const message = `the batch size must be a whole number >= 1, got ${size}.`;
      assertThrows(() => model.initialState(size), RangeError, message);
    }
  });
});

Deno.test("checkedModel() holds every model that scores a text to its ids, and a promise rejects", async () => {
  await eachModel(async (model, { trainable, steps }) => {
    if (!steps) return;
    const refused = (ids: number[], message: string) => {
      const ask = () => model.tokenLosses(ids as unknown as Int32Array);
      return trainable
        ? assertRejects(ask as () => Promise<unknown>, RangeError, message)
        : assertThrows(ask, RangeError, message);
    };
    for (const id of notIds(3)) {
      await refused([0, id, 1], `id ${id} at place 1 is outside the vocabulary of 3`);
    }
    await refused([], "Cannot measure a loss: it takes at least 2 tokens, got 0.");
    await refused([1], "Cannot measure a loss: it takes at least 2 tokens, got 1.");
  });
});

Deno.test("checkedModel() holds every model that writes to a token, a length and a temperature", async () => {
  const writers: string[] = [];
  await eachModel((model) => {
    if (!model.write) return;
    writers.push(model.name);
    const options = { firstId: 0, length: 2, temperature: 1, random: () => 0.5 };
    const refused = (change: object, message: string, batchSize = 1) =>
      assertThrows(
        () => model.write!(model.initialState(batchSize), { ...options, ...change }),
        RangeError,
        message,
      );
    for (const firstId of notIds(3)) {
      refused({ firstId }, `id ${firstId} is outside the vocabulary of 3`);
    }
    for (const length of [-1, 1.5, NaN, Infinity]) {
      refused({ length }, `the length must be a whole number >= 0, got ${length}.`);
    }
    for (const temperature of [-1, NaN]) {
      refused({ temperature }, `the temperature must be at least 0, got ${temperature}.`);
    }
    refused({}, "the state is for 2 sequences, got 1 ids", 2);
  });
  if (writers.length < 9) throw new Error(`Only ${writers.join(", ")} write.`);
});

Deno.test("checkedForward() holds every trainable model to windows that are what they say", async () => {
  await eachModel((model, { trainable }) => {
    if (!trainable) return;
    const { forward, initialTensorState, vocabulary: { size } } = model as AnyTrainableModel;
    const state = initialTensorState(2);
    const window = { inputIds: Int32Array.of(0, 1, 2, 0), timeSteps: 2, batchSize: 2 };
    const refused = (change: object, message: string) =>
      assertThrows(
        () => tf.tidy(() => forward({ ...window, ...change }, state).logits),
        RangeError,
        message,
      );
    for (const count of notCounts) {
      refused(
        { timeSteps: count, inputIds: [] },
        `time steps must be a whole number >= 1, got ${count}.`,
      );
      refused(
        { batchSize: count, inputIds: [] },
        `batch size must be a whole number >= 1, got ${count}.`,
      );
    }
    refused({ inputIds: Int32Array.of(0) }, "2 time steps of batch size 2 are 4 ids, got 1.");
    for (const id of notIds(size)) {
      refused(
        { inputIds: [0, 1, id, 0] },
        `id ${id} at place 2 is outside the vocabulary of ${size}`,
      );
    }
    const alone = { inputIds: Int32Array.of(0, 1), timeSteps: 2, batchSize: 1 };
    if (state.length > 0) refused(alone, "the state is for 2 sequences, the window has 1.");
    const long = { inputIds: new Int32Array(10), timeSteps: 5, batchSize: 2 };
    const bounded = state.length === 0 || "positions" in model;
    if (bounded) refused(long, "Cannot ");
    tf.dispose(stateTensors(state));
  });
});

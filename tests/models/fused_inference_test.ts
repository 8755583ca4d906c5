import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import type { CellKind } from "lib/kernels/network_config.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { tensorStep, tensorTokenLosses } from "lib/models/cells/position_specific_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";

const tokenizer = lettersTokenizer();
const createModel = (cell: CellKind) =>
  recurrentLanguageModel({
    vocabulary: tokenizer.vocabulary,
    cell,
    hiddenSize: 9,
    layerCount: 2,
    random: randomStream(11, "initial weights"),
  });
const ids = tokenizer.encode("a man a plan a canal panama ".repeat(8));

for (const cell of ["rnn-tanh", "gru", "lstm"] as const) {
  Deno.test(`fusedInference() steps and scores as plain tfjs does: ${cell}`, async () => {
    await useBackend("wasm");
    const model = createModel(cell);
    let [fused, plain] = [model.initialState(2), model.initialState(2)];
    for (const inputIds of [[1, 5], [2, 0], [3, 27]]) {
      const step = await model.step(fused, inputIds);
      const expected = await tensorStep(model, plain, inputIds);
      step.logits.forEach((logit, i) => assertAlmostEquals(logit, expected.logits[i], 1e-5));
      [fused, plain] = [step.state, expected.state];
    }
    const losses = await model.tokenLosses(ids);
    const expected = await tensorTokenLosses(model, ids);
    assertEquals(losses.length, ids.length - 1);
    losses.forEach((loss, i) => assertAlmostEquals(loss, expected[i], 1e-5));
    model.dispose();
  });
}

Deno.test("fusedInference() follows a variable that was assigned", async () => {
  await useBackend("wasm");
  const model = createModel("gru");
  await model.step(model.initialState(1), [3]);
  tf.tidy(() => {
    for (const variable of Object.values(model.parameters)) variable.assign(tf.zerosLike(variable));
  });
  const { logits } = await model.step(model.initialState(1), [3]);
  assertEquals([...logits], new Array(28).fill(0));
  const losses = await model.tokenLosses(ids);
  losses.forEach((loss) => assertAlmostEquals(loss, Math.log(28), 1e-6));
  model.dispose();
});

Deno.test("fusedInference() answers calls that overlap, of different batch sizes", async () => {
  await useBackend("wasm");
  const model = createModel("lstm");
  const [one, three] = await Promise.all([
    model.step(model.initialState(1), [4]),
    model.step(model.initialState(3), [6, 4, 6]),
  ]);
  assertEquals(three.logits.slice(28, 56), one.logits);
  model.dispose();
});

Deno.test("fusedInference() leaves the given state alone, so that it can be run on from twice", async () => {
  await useBackend("wasm");
  const model = createModel("lstm");
  const { state } = await model.step(model.initialState(1), [4]);
  const copy = structuredClone(state);
  const first = await model.step(state, [5]);
  assertEquals(state, copy);
  assertEquals(await model.step(state, [5]), first);
  model.dispose();
});

Deno.test("fusedInference() refuses ids outside the vocabulary and a lone token", async () => {
  await useBackend("wasm");
  const model = createModel("gru");
  assertThrows(() => model.step(model.initialState(1), [28]), RangeError, "id 28");
  assertThrows(() => model.step(model.initialState(1), [1, 2]), RangeError, "got 2 ids");
  await assertRejects(
    () => model.tokenLosses(Int32Array.of(1)) as Promise<unknown>,
    RangeError,
    "got 1",
  );
  model.dispose();
});

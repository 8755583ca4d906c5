import { assertAlmostEquals, assertEquals, assertLess, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { parameterShapes } from "lib/kernels/network_config.ts";
import { gaussian } from "lib/models/initialisers.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { lettersTokenizer } from "lib/text/tokenizers/letters_tokenizer.ts";
import { assertClose } from "../kernels/assert_close.ts";
import { caseName, type PytorchCase, pytorchCases } from "../kernels/pytorch_cases.ts";
import { scalarNetwork } from "../kernels/scalar_network.ts";
import { differentiate } from "./differentiate.ts";
import { cellKinds, modelWith, randomIds, smallModel } from "./small_model.ts";

await useBackend("wasm");
const { vocabulary } = lettersTokenizer();

Deno.test("recurrentLanguageModel() of 28 letters has 2,876 / 6,780 / 8,732 parameters, and says what it is", () => {
  for (
    const [cell, one, two] of [["rnn-tanh", 2876, 32], ["gru", 6780, 96], [
      "lstm",
      8732,
      128,
    ]] as const
  ) {
    for (const biasesPerGate of [1, 2] as const) {
      const random = randomStream(1, "initial weights");
      const model = recurrentLanguageModel({
        vocabulary,
        cell,
        hiddenSize: 32,
        biasesPerGate,
        random,
      });
      const counted = Object.values(model.parameters).reduce((sum, { size }) => sum + size, 0);
      assertEquals(counted, biasesPerGate === 1 ? one : one + two);
      assertEquals(model.parameterCount, counted);
      const shapes = Object.entries(model.parameters).map(([name, { shape }]) => ({ name, shape }));
      assertEquals(shapes, parameterShapes(model.config) as typeof shapes);
      model.dispose();
    }
  }
  assertEquals(smallModel("gru", { layerCount: 2 }).name, "GRU 5 x 2");
});

Deno.test("recurrentLanguageModel() before training costs ln 28 within 0.005, of any cell", async () => {
  const ids = randomIds(200, 28);
  for (const cell of cellKinds) {
    const initialisers = {
      input: gaussian(0.01),
      recurrent: gaussian(0.01),
      output: gaussian(0.01),
    };
    const random = randomStream(1, "initial weights");
    const model = recurrentLanguageModel({
      vocabulary,
      cell,
      hiddenSize: 32,
      initialisers,
      random,
    });
    const losses = await model.tokenLosses(ids);
    assertAlmostEquals(
      losses.reduce((sum, loss) => sum + loss) / losses.length,
      Math.log(28),
      0.005,
    );
    model.dispose();
  }
});

Deno.test("recurrentLanguageModel() with zero weights costs ln V at every position", async () => {
  for (const cell of cellKinds) {
    const model = smallModel(cell, { standardDeviation: 0, layerCount: 2 });
    for (const loss of await model.tokenLosses(randomIds(40))) {
      assertAlmostEquals(loss, Math.log(7), 1e-6);
    }
    model.dispose();
  }
});

for (const pytorch of pytorchCases) {
  Deno.test(`recurrentLanguageModel() has PyTorch's loss and gradients: ${caseName(pytorch)}`, () => {
    const model = modelWith(pytorch.config, pytorch.parameters);
    const before = tf.memory().numTensors;
    const found = differentiate(model, pytorch);
    assertEquals(tf.memory().numTensors, before, "tensors");
    assertClose([found.loss], [pytorch.loss], { what: "loss" });
    assertClose(found.logits, pytorch.logits, { what: "logits" });
    assertClose(found.positionLosses, pytorch.positionLosses, { what: "losses" });
    assertClose(found.finalHiddenState, pytorch.finalHiddenState, { what: "final state" });
    assertClose(found.finalCellState, pytorch.finalCellState ?? [], { what: "final cell state" });
    for (const [name, gradient] of Object.entries(pytorch.gradients)) {
      assertClose(found.gradients[name], gradient, { what: `gradient of ${name}` });
    }
    const joined = (arrays: ArrayLike<number>[]) => arrays.flatMap((array) => Array.from(array));
    const { layerCount } = pytorch.config;
    const initial = found.initialStateGradients;
    const hidden = joined(initial.slice(0, layerCount));
    const cell = joined(initial.slice(layerCount));
    assertClose(hidden, pytorch.initialHiddenGradient, { what: "d loss / d h_0" });
    assertClose(cell, pytorch.initialCellGradient ?? [], { what: "d loss / d c_0" });
    assertClose(joined(found.hiddenGradients), pytorch.hiddenGradients, { what: "d loss / d h_t" });
    assertClose(joined(found.cellGradients), pytorch.cellGradients ?? [], {
      what: "d loss / d c_t",
    });
    model.dispose();
  });

  Deno.test(`recurrentLanguageModel() is a loop over single numbers, and its gradient is the loop's finite difference: ${caseName(pytorch)}`, () => {
    const model = modelWith(pytorch.config, pytorch.parameters);
    const found = differentiate(model, pytorch);
    model.dispose();
    const scalar = scalarNetwork(pytorch);
    assertClose([found.loss], [scalar.loss], { relative: 1e-5 });
    assertClose(found.logits, scalar.logits, { relative: 1e-5 });
    assertClose(found.finalHiddenState, scalar.hiddenState, { relative: 1e-5 });
    for (const name of Object.keys(pytorch.parameters)) {
      const differences = finiteDifferences(pytorch, name);
      assertClose(found.gradients[name], differences, { ofLargest: 1e-5, what: name });
    }
  });

  Deno.test(`recurrentLanguageModel() computes the same on cpu and wasm to 1e-5: ${caseName(pytorch)}`, async () => {
    const model = modelWith(pytorch.config, pytorch.parameters);
    const onWasm = differentiate(model, pytorch);
    await useBackend("cpu");
    const onCpu = differentiate(model, pytorch);
    await useBackend("wasm");
    assertAlmostEquals(onWasm.loss, onCpu.loss, 1e-5 * onCpu.loss);
    for (const name of Object.keys(pytorch.parameters)) {
      assertClose(onWasm.gradients[name], onCpu.gradients[name], { relative: 1e-5, what: name });
    }
    model.dispose();
  });
}

/** Central differences of the scalar network's loss in every number of one parameter. */
function finiteDifferences(window: PytorchCase, name: string): number[] {
  const step = 1e-5;
  const values = [...window.parameters[name]];
  const parameters = { ...window.parameters, [name]: values };
  return values.map((value, place) => {
    values[place] = value + step;
    const above = scalarNetwork({ ...window, parameters }).loss;
    values[place] = value - step;
    const below = scalarNetwork({ ...window, parameters }).loss;
    values[place] = value;
    return (above - below) / (2 * step);
  });
}

for (const cell of cellKinds) {
  Deno.test(`recurrentLanguageModel() of ${cell}: a window of 2T is two of T with the state carried; a permuted batch permutes`, () => {
    tf.tidy(() => {
      const model = smallModel(cell, { layerCount: 2 });
      const [T, B] = [8, 3];
      const inputIds = randomIds(T * B);
      const forward = (ids: Int32Array, state = model.initialTensorState(B)) =>
        model.forward({ inputIds: ids, timeSteps: ids.length / B, batchSize: B }, state);
      const whole = forward(inputIds).logits.dataSync();
      const first = forward(inputIds.slice(0, T / 2 * B));
      const second = forward(inputIds.slice(T / 2 * B), first.state);
      const joined = [...first.logits.dataSync(), ...second.logits.dataSync()];
      assertClose(joined, whole, { relative: 1e-6 });
      const order = [2, 0, 1];
      const source = (place: number) => B * Math.floor(place / B) + order[place % B];
      const permuted = forward(inputIds.map((_, place) => inputIds[source(place)])).logits;
      const expected = [...whole].map((_, place) =>
        whole[source(Math.floor(place / 7)) * 7 + place % 7]
      );
      assertClose(permuted.dataSync(), expected, { relative: 1e-6 });
      model.dispose();
    });
  });
}

Deno.test("recurrentLanguageModel() sets the forget gate's bias to 1 unless told, in every layer", () => {
  const forgetBiases = (forgetBias?: number) => {
    const random = randomStream(1, "w");
    const options = { vocabulary, cell: "lstm", hiddenSize: 2, layerCount: 2, random } as const;
    const { parameters } = recurrentLanguageModel({ ...options, forgetBias });
    return [0, 1].map((layer) => [...parameters[`layer${layer}/bias`].dataSync()]);
  };
  assertEquals(forgetBiases(), [[0, 0, 1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0, 0, 0]]);
  assertEquals(forgetBiases(-2)[1], [0, 0, -2, -2, 0, 0, 0, 0]);
});

Deno.test("recurrentLanguageModel() draws from the stream alone: same seed same bits, another seed others", () => {
  const weights = (seed: number) =>
    smallModel("gru", { seed }).parameters["layer0/inputWeights"].dataSync();
  assertEquals(weights(3), weights(3));
  assertLess(0, Math.max(...weights(3).map((value, place) => Math.abs(value - weights(4)[place]))));
});

Deno.test("recurrentLanguageModel() refuses a size of 0, and holds no tensor once disposed of", () => {
  const random = randomStream(1, "initial weights");
  const options = { vocabulary, cell: "gru", random } as const;
  const message = "hiddenSize must be a positive integer, got 0";
  assertThrows(() => recurrentLanguageModel({ ...options, hiddenSize: 0 }), RangeError, message);
  const before = tf.memory().numTensors;
  recurrentLanguageModel({ ...options, hiddenSize: 4, layerCount: 3 }).dispose();
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("recurrentLanguageModel() says what a student mixed up: a seed for a stream, shapes that do not fit", () => {
  const options = { vocabulary, cell: "gru", hiddenSize: 2 } as const;
  assertThrows(
    () => recurrentLanguageModel({ ...options, random: 1 as unknown as () => number }),
    TypeError,
    'random must be a function, such as randomStream(1, "initial weights"), got 1',
  );
  const model = recurrentLanguageModel({ ...options, random: randomStream(1, "weights") });
  const states = [4, 3].map((batchSize) => model.initialTensorState(batchSize));
  const run = (length: number, state: typeof states[0]) => () =>
    model.forward({ inputIds: new Int32Array(length), timeSteps: 2, batchSize: 4 }, state);
  assertThrows(run(7, states[0]), RangeError, "2 time steps of batch size 4 are 8 ids, got 7");
  assertThrows(run(8, states[1]), RangeError, "for 3 sequences, the window has 4");
  states.forEach((state) => tf.dispose(state.map(({ hiddenState }) => hiddenState)));
  model.dispose();
});

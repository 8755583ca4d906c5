import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { exportOnnx } from "lib/inference/export_onnx.ts";
import { type OnnxLanguageModel, onnxLanguageModel } from "lib/inference/onnx_language_model.ts";
import { encodeOnnxModel } from "lib/inference/onnx_model.ts";
import { useBackend } from "lib/kernels/backend.ts";
import { type CellKind, gateCount } from "lib/kernels/network_config.ts";
import type { StackState } from "lib/kernels/sequence_network.ts";
import { fromStackState } from "lib/models/cells/stack.ts";
import { stepwiseTokenLosses } from "lib/models/token_losses.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { assertClose } from "../kernels/assert_close.ts";
import { caseName, pytorchCases } from "../kernels/pytorch_cases.ts";
import { cellKinds, modelWith, randomIds } from "../models/small_model.ts";
import {
  type ExportCase,
  exportCaseName,
  exportCases,
  exportModel,
  onnxReference,
  plainModel,
  smallCase,
} from "./onnx_cases.ts";

await useBackend("wasm");

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assertEquals(a.length, b.length);
  return Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

function drawnState({ cell, layerCount, hiddenSize }: ExportCase, batchSize: number): StackState {
  const random = randomStream(4, "state");
  const draw = () =>
    Float32Array.from({ length: layerCount * batchSize * hiddenSize }, () => random() - 0.5);
  return { batchSize, hiddenState: draw(), ...(cell === "lstm" && { cellState: draw() }) };
}

for (const options of exportCases) {
  Deno.test(`recurrentRunner() has the trainer's logits within 1e-5: ${exportCaseName(options)}`, async () => {
    const model = exportModel(options);
    const onnx = await onnxLanguageModel(await exportOnnx(model));
    const batchSize = 3;
    const inputIds = randomIds(7 * batchSize, options.vocabularySize);
    const window = { inputIds, timeSteps: 7, batchSize };
    const state = drawnState(options, batchSize);
    const expected = tf.tidy(() =>
      model.forward(window, fromStackState(state, model.config)).logits.dataSync()
    );
    const whole = await onnx.run(window, state);
    assert(largestDifference(whole.logits, expected) < 1e-5);
    // And token by token, against the fused kernels that generate.
    let [ours, theirs] = [state, state];
    for (let time = 0; time < 7; time++) {
      const ids = inputIds.subarray(time * batchSize, (time + 1) * batchSize);
      const native = await model.step(ours, ids);
      const step = await onnx.step(theirs, ids);
      assert(largestDifference(step.logits, native.logits) < 1e-5);
      [ours, theirs] = [native.state, step.state];
    }
    assert(largestDifference(whole.state.hiddenState, ours.hiddenState) < 1e-5);
    assert(largestDifference(theirs.hiddenState, ours.hiddenState) < 1e-5);
    assert(largestDifference(theirs.cellState ?? [], ours.cellState ?? []) < 1e-5);
    model.dispose();
    await onnx.dispose();
  });
}

for (const [place, network] of pytorchCases.entries()) {
  Deno.test(`recurrentRunner() has PyTorch's and ONNX's own evaluator's outputs: ${caseName(network)}`, async () => {
    const { config, parameters, timeSteps, batchSize } = network;
    const model = modelWith(config, parameters);
    const onnx = await onnxLanguageModel(await exportOnnx(model));
    const zero = onnx.initialState(batchSize);
    const { logits, state } = await onnx.run(
      { inputIds: Int32Array.from(network.inputIds), timeSteps, batchSize },
      {
        batchSize,
        hiddenState: Float32Array.from(network.hiddenState ?? zero.hiddenState),
        cellState: zero.cellState && Float32Array.from(network.cellState ?? zero.cellState),
      },
    );
    assertClose(logits, network.logits, { what: "PyTorch's logits", ofLargest: 1e-5 });
    const { outputs } = onnxReference.cases[place];
    assertClose(logits, outputs.logits, { what: "reference logits", ofLargest: 1e-5 });
    assertClose(state.hiddenState, outputs.nextHiddenState, { ofLargest: 1e-5 });
    assertClose(state.cellState ?? [], outputs.nextCellState ?? [], { ofLargest: 1e-5 });
    model.dispose();
    await onnx.dispose();
  });
}

/** A file whose two gates (at ONNX's places) are exchanged in every matrix and bias of all layers. */
function withGatesSwapped(bytes: Uint8Array, cell: CellKind, places: number[]): Uint8Array {
  const file = plainModel(bytes);
  const gates = gateCount(cell);
  const initializer = file.graph.initializer.map((tensor) => {
    if (!/Weights$|biases$/.test(tensor.name) || tensor.name.startsWith("output/")) return tensor;
    const blocks = tensor.name.endsWith("biases") ? 2 * gates : gates;
    const length = tensor.rawData.length / blocks;
    const rawData = tensor.rawData.slice();
    for (let first = 0; first < blocks; first += gates) {
      const [from, to] = places.map((place) => (first + place) * length);
      rawData.set(tensor.rawData.subarray(from, from + length), to);
      rawData.set(tensor.rawData.subarray(to, to + length), from);
    }
    return { ...tensor, rawData };
  });
  return encodeOnnxModel({ ...file, graph: { ...file.graph, initializer } });
}

Deno.test("recurrentRunner() answers otherwise by more than 0.01 when any two gates are exchanged", async () => {
  const pairs = [[0, 1], [0, 2], [1, 2], [0, 3], [1, 3], [2, 3]];
  for (const cell of ["gru", "lstm"] as const) {
    const model = exportModel(smallCase(cell));
    const bytes = await exportOnnx(model);
    const window = { inputIds: randomIds(6), timeSteps: 6, batchSize: 1 };
    const logitsOf = async (file: Uint8Array) => {
      const onnx = await onnxLanguageModel(file);
      const { logits } = await onnx.run(window, onnx.initialState(1));
      await onnx.dispose();
      return logits;
    };
    const right = await logitsOf(bytes);
    for (const places of pairs.filter(([, last]) => last < gateCount(cell))) {
      const wrong = await logitsOf(withGatesSwapped(bytes, cell, places));
      assertGreater(largestDifference(wrong, right), 0.01, `${cell} ${places}`);
    }
    model.dispose();
  }
});

async function bothOf(
  cell: CellKind,
  use: (pair: {
    model: ReturnType<typeof exportModel>;
    onnx: OnnxLanguageModel;
  }) => Promise<void>,
): Promise<void> {
  const model = exportModel(smallCase(cell));
  const onnx = await onnxLanguageModel(await exportOnnx(model, { tokenizerName: "letters" }));
  await use({ model, onnx });
  model.dispose();
  await onnx.dispose();
}

Deno.test("recurrentRunner() measures a text as the trainer does, window by window as token by token", async () => {
  for (const cell of cellKinds) {
    await bothOf(cell, async ({ model, onnx }) => {
      const ids = randomIds(300);
      const losses = await onnx.tokenLosses(ids);
      assertClose(losses, await model.tokenLosses(ids), { relative: 1e-5 });
      assertClose(losses, await stepwiseTokenLosses(onnx, ids), { relative: 1e-5 });
    });
  }
});

Deno.test("recurrentRunner() treats the sequences of a batch alike, and leaves a given state alone", async () => {
  await bothOf("lstm", async ({ onnx }) => {
    const state = drawnState(smallCase("lstm"), 2);
    const copy = structuredClone(state);
    const { logits } = await onnx.step(state, [3, 5]);
    assertEquals(state, copy);
    const half = (values: Float32Array | Float64Array, sequence: number) =>
      Float32Array.from([0, 1].flatMap((layer) => {
        const start = (2 * layer + sequence) * 5;
        return [...values.subarray(start, start + 5)];
      }));
    for (const sequence of [0, 1]) {
      const own = await onnx.step({
        batchSize: 1,
        hiddenState: half(state.hiddenState, sequence),
        cellState: half(state.cellState!, sequence),
      }, [[3, 5][sequence]]);
      assertClose(own.logits, logits.subarray(7 * sequence, 7 * sequence + 7), { relative: 1e-6 });
    }
  });
});

Deno.test("recurrentRunner() refuses unknown ids and states that do not fit", async () => {
  await bothOf("gru", async ({ onnx }) => {
    const state = onnx.initialState(1);
    await assertRejects(() => onnx.step(state, [7]), RangeError, "id 7 is outside");
    await assertRejects(() => onnx.step(state, [-1]), RangeError, "id -1 is outside");
    await assertRejects(() => onnx.step(state, [0, 1]), RangeError, "for 1 sequences, got 2 ids");
    const small = { batchSize: 1, hiddenState: new Float32Array(3) };
    await assertRejects(() => onnx.step(small, [0]), RangeError, "hiddenState takes 10 numbers");
    await assertRejects(() => onnx.tokenLosses(Int32Array.of(1)), RangeError, "at least 2 tokens");
    await assertRejects(() => onnx.tokenLosses(Int32Array.of(1, 9)), RangeError, "id 9 at place 1");
  });
});

import { assertEquals, assertGreater } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { cellStep, type LayerState, type LayerWeights } from "lib/kernels/cell_step.ts";
import { recurrentSequence } from "lib/kernels/recurrent_sequence.ts";
import { randomNormal } from "lib/random/normal.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { assertClose } from "./assert_close.ts";
import { type PytorchCase, pytorchCases } from "./pytorch_cases.ts";
import { scalarStep } from "./scalar_network.ts";
import { shiftedSequence } from "./shifted_sequence.ts";

const [T, B, I, H] = [6, 3, 4, 5];
const cases = pytorchCases.filter(({ config }) => config.layerCount === 1);

/** A layer with two biases per gate, real inputs and a state, drawn; all the kinds have in common. */
function drawn(kind: PytorchCase["config"]["cell"]) {
  const draw = randomNormal(randomStream(7, `sequence ${kind}`));
  const numbers = (size: number) => Float32Array.from({ length: size }, () => 0.6 * draw());
  const width = { gru: 3, lstm: 4, "rnn-tanh": 1, "rnn-relu": 1, "rnn-sigmoid": 1 }[kind] * H;
  const scalar = {
    W: numbers(I * width),
    U: numbers(H * width),
    b: numbers(width),
    bU: numbers(width),
  };
  const [x, h, c] = [numbers(T * B * I), numbers(B * H), numbers(B * H)];
  const weights: LayerWeights = {
    inputWeights: tf.tensor2d(scalar.W, [I, width]),
    recurrentWeights: tf.tensor2d(scalar.U, [H, width]),
    bias: tf.tensor1d(scalar.b),
    recurrentBias: tf.tensor1d(scalar.bU),
  };
  const initialState: LayerState = {
    hiddenState: tf.tensor2d(h, [B, H]),
    ...(kind === "lstm" && { cellState: tf.tensor2d(c, [B, H]) }),
  };
  const inputs = tf.tensor3d(x, [T, B, I]);
  return { kind, scalar, weights, initialState, inputs, x, h, c };
}

for (const { config: { cell: kind } } of cases) {
  Deno.test(`recurrentSequence() of ${kind} is a loop over single numbers`, async () => {
    await useBackend("wasm");
    const { weights, initialState, inputs, scalar, x, h, c } = drawn(kind);
    const { hiddenStates, finalState } = recurrentSequence(kind, weights, { inputs, initialState });
    const expected = new Float64Array(T * B * H);
    const finalCells: number[] = [];
    for (let row = 0; row < B; row++) {
      const part = (values: Float32Array, place: number, size: number) =>
        Array.from(values.subarray(place * size, (place + 1) * size));
      let state = { h: part(h, row, H), c: part(c, row, H) };
      for (let time = 0; time < T; time++) {
        state = scalarStep(kind, scalar, { x: part(x, time * B + row, I), ...state });
        expected.set(state.h, (time * B + row) * H);
      }
      finalCells.push(...state.c);
    }
    assertClose(hiddenStates.dataSync(), expected, { relative: 1e-5 });
    assertClose(finalState.hiddenState.dataSync(), expected.slice(-B * H), { relative: 1e-5 });
    if (kind === "lstm") {
      assertClose(finalState.cellState!.dataSync(), finalCells, { relative: 1e-5 });
    }
  });

  Deno.test(`recurrentSequence() of ${kind}: two windows with the state carried are one, and so are single steps`, async () => {
    await useBackend("wasm");
    const { weights, initialState, inputs } = drawn(kind);
    const whole = recurrentSequence(kind, weights, { inputs, initialState });
    const [left, right] = tf.split(inputs, 2, 0) as tf.Tensor3D[];
    const first = recurrentSequence(kind, weights, { inputs: left, initialState });
    const second = recurrentSequence(kind, weights, {
      inputs: right,
      initialState: first.finalState,
    });
    const joined = tf.concat([first.hiddenStates, second.hiddenStates]).dataSync();
    assertClose(joined, whole.hiddenStates.dataSync(), { relative: 1e-6 });
    let state = initialState;
    for (const input of tf.unstack(inputs) as tf.Tensor2D[]) {
      const product = tf.add(tf.matMul(input, weights.inputWeights), weights.bias) as tf.Tensor2D;
      state = cellStep(kind, weights, product, state);
    }
    const last = whole.finalState.hiddenState.dataSync();
    assertClose(state.hiddenState.dataSync(), last, { relative: 1e-6 });
  });

  Deno.test(`recurrentSequence() of ${kind}: permuting the batch permutes the result`, async () => {
    await useBackend("wasm");
    const { weights, initialState, inputs } = drawn(kind);
    const order = tf.tensor1d([2, 0, 1], "int32");
    const whole = recurrentSequence(kind, weights, { inputs, initialState });
    const { hiddenState, cellState } = initialState;
    const permuted = recurrentSequence(kind, weights, {
      inputs: tf.gather(inputs, order, 1),
      initialState: {
        hiddenState: tf.gather(hiddenState, order),
        ...(cellState && { cellState: tf.gather(cellState, order) }),
      },
    });
    const expected = tf.gather(whole.hiddenStates, order, 1).dataSync();
    assertClose(permuted.hiddenStates.dataSync(), expected, { relative: 1e-6 });
  });

  Deno.test(`recurrentSequence() of ${kind}: states and gradients agree on cpu and wasm, and nothing is leaked`, async () => {
    const found: Record<string, Float32Array[]> = {};
    for (const backend of ["cpu", "wasm"] as const) {
      await useBackend(backend);
      const before = tf.memory().numTensors;
      found[backend] = tf.tidy(() => {
        const { weights: { inputWeights, recurrentWeights, bias }, initialState, inputs } = drawn(
          kind,
        );
        const f = (W: tf.Tensor, U: tf.Tensor, b: tf.Tensor, h: tf.Tensor) => {
          const weights = { inputWeights: W, recurrentWeights: U, bias: b } as LayerWeights;
          const start = { ...initialState, hiddenState: h as tf.Tensor2D };
          const output = recurrentSequence(kind, weights, { inputs, initialState: start });
          return tf.sum(tf.square(output.hiddenStates)) as tf.Scalar;
        };
        const args = [inputWeights, recurrentWeights, bias, initialState.hiddenState];
        const gradients = tf.grads(f as (...args: tf.Tensor[]) => tf.Scalar)(args);
        return [f(args[0], args[1], args[2], args[3]), ...gradients].map((tensor) =>
          tensor.dataSync() as Float32Array
        );
      });
      assertEquals(tf.memory().numTensors, before);
    }
    found.wasm.forEach((values, place) =>
      assertClose(values, found.cpu[place], { relative: 1e-5, ofLargest: 1e-6 })
    );
  });
}

Deno.test("recurrentSequence() is differentiable over a single time step, where tfjs's split is not", async () => {
  await useBackend("wasm");
  for (const { config: { cell: kind } } of cases) {
    tf.tidy(() => {
      const { weights, initialState, inputs } = drawn(kind);
      const first = tf.slice(inputs, 0, 1);
      const run = (x: tf.Tensor) => {
        const inputs = x as tf.Tensor3D;
        const sum = tf.sum(recurrentSequence(kind, weights, { inputs, initialState }).hiddenStates);
        return sum as tf.Scalar;
      };
      const stepped = (x: tf.Tensor) => {
        const rows = tf.reshape(x, [B, I]) as tf.Tensor2D;
        const product = tf.add(tf.matMul(rows, weights.inputWeights), weights.bias) as tf.Tensor2D;
        return tf.sum(cellStep(kind, weights, product, initialState).hiddenState) as tf.Scalar;
      };
      const [found, expected] = [run, stepped].map((f) => tf.grad(f)(first).dataSync());
      assertClose(found, expected, { what: "d sum / d x" });
      assertGreater(Math.max(...found.map(Math.abs)), 0);
    });
  }
});

for (const pytorch of cases) {
  const { config: { cell: kind, hiddenSize, inputSize, outputSize }, ...numbers } = pytorch;
  const { timeSteps, batchSize } = pytorch;
  Deno.test(`recurrentSequence() of ${kind} has PyTorch's d loss / d h_t, d c_t and initial gradients`, async () => {
    await useBackend("wasm");
    const shaped = (name: string, shape: number[]) => tf.tensor(numbers.parameters[name], shape);
    const width = numbers.parameters["layer0/bias"].length;
    const weights = {
      inputWeights: shaped("layer0/inputWeights", [inputSize, width]),
      recurrentWeights: shaped("layer0/recurrentWeights", [hiddenSize, width]),
      bias: shaped("layer0/bias", [width]),
    } as LayerWeights;
    const ids = tf.tensor1d(numbers.inputIds, "int32");
    const inputs = tf.reshape(tf.oneHot(ids, inputSize), [timeSteps, batchSize, inputSize])
      .toFloat() as tf.Tensor3D;
    const targets = tf.oneHot(tf.tensor1d(numbers.targetIds, "int32"), outputSize).toFloat();
    const loss = (h0: tf.Tensor, c0?: tf.Tensor, shiftH?: tf.Tensor, shiftC?: tf.Tensor) => {
      const initialState = { hiddenState: h0, cellState: c0 } as LayerState;
      const hiddenStates = shiftH === undefined
        ? recurrentSequence(kind, weights, { inputs, initialState }).hiddenStates
        : shiftedSequence(kind, weights, {
          ...{ inputs, initialState, shifts: { hidden: shiftH, cell: shiftC } },
        });
      const rows = tf.reshape(hiddenStates, [timeSteps * batchSize, hiddenSize]) as tf.Tensor2D;
      const logits = tf.add(
        tf.matMul(rows, shaped("output/weights", [hiddenSize, outputSize]) as tf.Tensor2D),
        shaped("output/bias", [outputSize]),
      );
      const each = tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1));
      return tf.mean(each) as tf.Scalar;
    };
    const count = kind === "lstm" ? 2 : 1; // hidden and cell state, or the hidden state alone
    const zeros = (...shape: number[]) => Array.from({ length: count }, () => tf.zeros(shape));
    const starts = zeros(batchSize, hiddenSize);
    const differentiable = loss as (...args: tf.Tensor[]) => tf.Scalar;
    assertClose(differentiable(...starts).dataSync(), [numbers.loss], { what: "loss" });
    const initial = tf.grads(differentiable)(starts).map((gradient) => gradient.dataSync());
    assertClose(initial[0], numbers.initialHiddenGradient, { what: "d loss / d h_0" });
    const shifted = (...[hidden, cell]: tf.Tensor[]) => loss(starts[0], starts[1], hidden, cell);
    const ofStates = tf.grads(shifted)(zeros(timeSteps, batchSize, hiddenSize))
      .map((gradient) => gradient.dataSync());
    assertClose(ofStates[0], numbers.hiddenGradients, { what: "d loss / d h_t" });
    if (kind === "lstm") {
      assertClose(initial[1], numbers.initialCellGradient!, { what: "d loss / d c_0" });
      assertClose(ofStates[1], numbers.cellGradients!, { what: "d loss / d c_t" });
    }
  });
}

import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import type { LayerWeights } from "lib/kernels/cell_step.ts";
import { disposeFusedSequences, fusedSequence } from "lib/kernels/fused/fused_sequence.ts";
import { type CellKind, gateCount } from "lib/kernels/network_config.ts";
import { recurrentSequence } from "lib/kernels/recurrent_sequence.ts";
import { hashed, relativeDifference } from "../hashed_network.ts";

const KINDS: CellKind[] = ["rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru", "lstm"];
const [TIME, BATCH, INPUT, HIDDEN] = [5, 3, 6, 9];

/** Inputs, states and weights as tensors, in the order of the gradients below. */
function drawTensors(kind: CellKind): tf.Tensor[] {
  const gates = gateCount(kind) * HIDDEN;
  const shapes = [
    [TIME, BATCH, INPUT],
    ...[[BATCH, HIDDEN], [BATCH, HIDDEN]],
    ...[[INPUT, gates], [HIDDEN, gates], [gates], [gates]],
    ...[[HIDDEN, gates], [HIDDEN, gates], [gates]],
  ];
  return shapes.map((shape, i) =>
    tf.tensor(hashed(shape.reduce((a, b) => a * b), i + 1, 0.5), shape)
  );
}

/** A loss of two layers, the second of one bias, that every output has a part in. */
function loss(run: typeof recurrentSequence, kind: CellKind) {
  return (...[x, h, c, w, u, b, rb, w2, u2, b2]: tf.Tensor[]): tf.Scalar => {
    const initialState = {
      hiddenState: h as tf.Tensor2D,
      ...(kind === "lstm" && { cellState: c as tf.Tensor2D }),
    };
    const first = { inputWeights: w, recurrentWeights: u, bias: b, recurrentBias: rb };
    const second = { inputWeights: w2, recurrentWeights: u2, bias: b2 };
    const one = run(kind, first as LayerWeights, { inputs: x as tf.Tensor3D, initialState });
    const two = run(kind, second as LayerWeights, { inputs: one.hiddenStates, initialState });
    const { hiddenState, cellState } = two.finalState;
    // Only the LSTM takes the cell state; it has a gradient of its own so that all kinds compare.
    return [c, one.finalState.cellState, two.hiddenStates, hiddenState, cellState]
      .filter((tensor) => tensor !== undefined)
      .map((tensor, i) => tf.sum(tf.sin(tf.mul(tensor, i + 2))))
      .reduce((a, b) => tf.add(a, b)) as tf.Scalar;
  };
}

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test({
    name: `fusedSequence() has recurrentSequence()'s values and gradients on ${backend}`,
    // The WASM backend leaves its own timers and memory behind.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      await useBackend(backend);
      for (const kind of KINDS) {
        const before = tf.memory().numTensors;
        const tensors = drawTensors(kind);
        const fused = tf.valueAndGrads(loss(fusedSequence, kind))(tensors);
        const plain = tf.valueAndGrads(loss(recurrentSequence, kind))(tensors);
        assert(Math.abs(fused.value.dataSync()[0] - plain.value.dataSync()[0]) < 1e-4);
        fused.grads.forEach((gradient, i) => {
          assertEquals(gradient.shape, plain.grads[i].shape);
          const [a, b] = [gradient, plain.grads[i]].map((g) => ({ g: g.dataSync() }));
          assert(relativeDifference(a, b) < 1e-4, `${kind}: argument ${i}`);
        });
        tf.dispose([tensors, fused.value, fused.grads, plain.value, plain.grads]);
        assertEquals(tf.memory().numTensors, before);
      }
      disposeFusedSequences();
    },
  });
}

import * as tf from "@tensorflow/tfjs";
import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import { stateTensors } from "lib/models/cells/stack.ts";
import type { StackState } from "lib/kernels/sequence_network.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { startParameters } from "./fused_peer.ts";
import { interleave } from "./interleave.ts";
import type { Contender } from "./peer.ts";
import { type Shape, shapeOf } from "./shapes.ts";
import { tfjsModel } from "./tfjs_peer.ts";
import { useBackend } from "lib/kernels/backend.ts";
import type { TorchPeer } from "./torch_peer.ts";
import type { WidePeer } from "./wide_peer.ts";

/** Characters per second of one way to draw a text one character at a time. */
export interface GenerationRate {
  readonly peer: string;
  readonly charactersPerSecond: number;
}

/** What writes: an LSTM of 128 units. */
export const GENERATION_SHAPE: Shape = shapeOf({
  ...{ cell: "lstm", hiddenSize: 128, timeSteps: 1, batchSize: 1, vocabularySize: 65 },
});

/** One character after another, each the input of the next; ours and tfjs in turns. */
export async function measureGeneration(
  { wide, torch }: { wide: WidePeer; torch: TorchPeer },
): Promise<GenerationRate[]> {
  const shape = GENERATION_SHAPE;
  const contenders = [await fusedGenerator(shape), await tfjsGenerator(shape)];
  if (wide.note === undefined) contenders.push(await wide.generator());
  const timings = await interleave(contenders, { rounds: 9, milliseconds: 60 });
  for (const contender of contenders) await contender.close();
  const rates = timings.map(({ name, median }) => ({
    ...{ peer: name, charactersPerSecond: 1000 / median },
  }));
  if (torch.note !== undefined) return rates;
  await torch.call("prepare", shape);
  await torch.call("generate", 1, 200);
  const { milliseconds } = await torch.call<{ milliseconds: number }>("generate", 1, 2000);
  return [...rates, { peer: "pytorch", charactersPerSecond: 1000 * 2000 / milliseconds }];
}

/** The fused kernels, as `sample` uses them. */
export async function fusedGenerator(shape: Shape): Promise<Contender> {
  const network = await createFusedNetwork(shape);
  network.setParameters(startParameters(shape));
  const random = randomStream(1, "generation");
  const zeros = () => new Float32Array(shape.config.hiddenSize);
  let state: StackState = { batchSize: 1, hiddenState: zeros(), cellState: zeros() };
  let firstId = 0;
  return {
    name: "ours",
    run(length) {
      const start = performance.now();
      const written = network.write(state, { firstId, length, temperature: 1, random });
      state = written.state;
      firstId = written.ids[length - 1];
      return performance.now() - start;
    },
    close: () => network.dispose(),
  };
}

async function tfjsGenerator(shape: Shape): Promise<Contender> {
  await useBackend("wasm");
  const model = tfjsModel(shape);
  const random = randomStream(1, "generation");
  let state = model.initialTensorState(1);
  let id = 0;
  return {
    name: "tfjs",
    run(count) {
      const start = performance.now();
      for (let i = 0; i < count; i++) {
        const before = state;
        const window = { inputIds: Int32Array.of(id), timeSteps: 1, batchSize: 1 };
        const logits = tf.tidy(() => {
          const next = model.forward(window, before);
          state = next.state;
          stateTensors(state).forEach((tensor) => tf.keep(tensor));
          return next.logits;
        });
        id = drawToken(logits.dataSync() as Float32Array, random);
        tf.dispose([logits, ...stateTensors(before)]);
      }
      return performance.now() - start;
    },
    close() {
      tf.dispose(stateTensors(state));
      model.dispose();
    },
  };
}

const powers = new Float64Array(GENERATION_SHAPE.config.outputSize);

/** A token by its softmax probability. */
function drawToken(logits: Float32Array, random: () => number): number {
  let largest = -Infinity, sum = 0;
  for (let i = 0; i < logits.length; i++) largest = Math.max(largest, logits[i]);
  for (let i = 0; i < logits.length; i++) sum += powers[i] = Math.exp(logits[i] - largest);
  let rest = random() * sum;
  for (let i = 0; i < logits.length; i++) {
    rest -= powers[i];
    if (rest < 0) return i;
  }
  return logits.length - 1;
}

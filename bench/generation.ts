import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import type { StackState } from "lib/kernels/sequence_network.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { startParameters } from "./fused_peer.ts";
import { shapeOf } from "./shapes.ts";
import { tfjsModel } from "./tfjs_peer.ts";
import { useBackend } from "lib/kernels/backend.ts";
import type { TorchPeer } from "./torch_peer.ts";

/** Characters per second of one way to draw a text one character at a time. */
export interface GenerationRate {
  readonly peer: string;
  readonly charactersPerSecond: number;
}

/** One character after another from an LSTM of 128 units, each the input of the next. */
export async function measureGeneration(torch: TorchPeer): Promise<GenerationRate[]> {
  const shape = shapeOf({
    ...{ cell: "lstm", hiddenSize: 128, timeSteps: 1, batchSize: 1, vocabularySize: 65 },
  });
  const random = randomStream(1, "generation");
  const rates: GenerationRate[] = [];
  const rate = (peer: string, count: number, milliseconds: number) =>
    rates.push({ peer, charactersPerSecond: 1000 * count / milliseconds });

  using network = await createFusedNetwork(shape);
  network.setParameters(startParameters(shape));
  let state: StackState = {
    ...{ batchSize: 1, hiddenState: new Float32Array(128), cellState: new Float32Array(128) },
  };
  let id = 0;
  const draw = (count: number) => {
    const start = performance.now();
    for (let i = 0; i < count; i++) {
      const result = network.step(state, [id]);
      state = result.state;
      id = drawToken(result.outputs, random);
    }
    return performance.now() - start;
  };
  draw(2000);
  rate("ours", 10_000, draw(10_000));

  await useBackend("wasm");
  const model = tfjsModel(shape);
  let tensors = model.initialTensorState(1);
  const start = performance.now();
  for (let i = 0; i < 100; i++) {
    const { logits, state: next } = model.forward(
      { inputIds: Int32Array.of(id), timeSteps: 1, batchSize: 1 },
      tensors,
    );
    id = drawToken(logits.dataSync() as Float32Array, random);
    tensors = next;
  }
  rate("tfjs", 100, performance.now() - start);
  model.dispose();
  if (torch.note === undefined) {
    await torch.call("prepare", shape);
    await torch.call("generate", 1, 200);
    const { milliseconds } = await torch.call<{ milliseconds: number }>("generate", 1, 2000);
    rate("pytorch", 2000, milliseconds);
  }
  return rates;
}

/** A token by its softmax probability. */
function drawToken(logits: Float32Array, random: () => number): number {
  const largest = Math.max(...logits);
  const weights = logits.map((value) => Math.exp(value - largest));
  let rest = random() * weights.reduce((a, b) => a + b);
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i];
    if (rest < 0) return i;
  }
  return weights.length - 1;
}

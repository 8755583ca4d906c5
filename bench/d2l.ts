import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { startParameters } from "./fused_peer.ts";
import { type Shape, shapeOf } from "./shapes.ts";
import type { TorchPeer } from "./torch_peer.ts";
import type { WidePeer } from "./wide_peer.ts";

/** Seconds for D2L's whole run: 100 epochs of ten updates, validation after each. */
export interface WholeRun {
  readonly peer: string;
  readonly seconds: number;
  readonly validationLoss: number;
}

const TIME = 32, BATCH = 1024, VOCABULARY = 28, TRAINING = 10, VALIDATION = 5;

/** Windows [batch][time + 1] of a text with some order in it: each token mostly follows from the last. */
function drawWindows(count: number, name: string): number[][][] {
  const random = randomStream(1, name);
  const length = count * BATCH + TIME + 1;
  const ids: number[] = [0];
  while (ids.length < length) {
    const follow = (ids.at(-1)! * 5 + 3) % VOCABULARY;
    ids.push(random() < 0.6 ? follow : Math.floor(random() * VOCABULARY));
  }
  return Array.from(
    { length: count },
    (_, i) =>
      Array.from({ length: BATCH }, (_, b) => ids.slice(i * BATCH + b, i * BATCH + b + TIME + 1)),
  );
}

function timeMajor(window: number[][]) {
  const pick = (shift: number) =>
    Int32Array.from(
      { length: TIME * BATCH },
      (_, i) => window[i % BATCH][Math.floor(i / BATCH) + shift],
    );
  return { timeSteps: TIME, batchSize: BATCH, inputIds: pick(0), targetIds: pick(1) };
}

const SHAPE: Shape = {
  ...shapeOf({
    ...{ cell: "rnn-tanh", hiddenSize: 32, timeSteps: TIME, batchSize: BATCH },
    vocabularySize: VOCABULARY,
  }),
  optimizer: { kind: "sgd", learningRate: 1 },
};

const windowsOf = (part: "training" | "validation") =>
  drawWindows(part === "training" ? TRAINING : VALIDATION, `d2l ${part}`);

/** Runs it on the fused kernels of this process, on one thread and on two. */
export async function measureD2lHere(epochs = 100): Promise<WholeRun[]> {
  const runs: WholeRun[] = [];
  for (const threads of [1, 2]) {
    const windows = windowsOf("training").map(timeMajor);
    const checks = windowsOf("validation").map(timeMajor);
    const start = performance.now();
    using network = await createFusedNetwork({ ...SHAPE, threads, maxGradientNorm: 1 });
    network.setParameters(startParameters(SHAPE));
    let validationLoss = 0;
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (const window of windows) network.trainStep(window);
      validationLoss = 0;
      for (const window of checks) validationLoss += network.evaluate(window).loss / VALIDATION;
    }
    const seconds = (performance.now() - start) / 1000;
    runs.push({ peer: `ours, ${threads} thread(s)`, seconds, validationLoss });
  }
  return runs;
}

/** Runs it here, on wide registers and in PyTorch, on the same windows; one and two threads each. */
export async function measureD2l(
  { wide, torch }: { wide: WidePeer; torch: TorchPeer },
  epochs = 100,
): Promise<WholeRun[]> {
  const runs = await measureD2lHere(epochs);
  if (wide.note === undefined) {
    const found = await wide.call<WholeRun[]>("d2l", epochs);
    runs.push(...found.map((run) => ({ ...run, peer: run.peer.replace("ours", "wide") })));
  }
  for (const threads of torch.note === undefined ? [1, 2] : []) {
    await torch.call("prepare", SHAPE);
    const answer = await torch.call<{ milliseconds: number; losses: number[] }>(
      ...["train", threads, windowsOf("training"), epochs, windowsOf("validation")] as const,
    );
    runs.push({
      ...{ peer: `pytorch, ${threads} thread(s)`, seconds: answer.milliseconds / 1000 },
      validationLoss: answer.losses.at(-1)!,
    });
  }
  return runs;
}

import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import { parameterShapes } from "lib/kernels/network_config.ts";
import { randomStream } from "lib/random/random_stream.ts";
import type { Contender, Peer } from "./peer.ts";
import { randomWindow, type Shape } from "./shapes.ts";

/** The fused kernels, on one thread and on two. */
export const fusedPeer: Peer = {
  name: "ours",
  contenders: (shape) => Promise.all([1, 2].map((threads) => contender(shape, threads))),
  close() {},
};

async function contender(shape: Shape, threads: number): Promise<Contender> {
  const network = await createFusedNetwork({ ...shape, threads, maxGradientNorm: 1 });
  network.setParameters(startParameters(shape));
  const window = randomWindow(shape);
  return {
    name: `ours, ${threads === 1 ? "1 thread" : `${threads} threads`}`,
    run(count) {
      const start = performance.now();
      for (let i = 0; i < count; i++) network.trainStep(window);
      return performance.now() - start;
    },
    close: () => network.dispose(),
  };
}

/** Uniform in +- 1 / sqrt(hiddenSize), as PyTorch starts. */
export function startParameters({ config }: Shape): Record<string, Float32Array> {
  const random = randomStream(1, "benchmark weights");
  const bound = 1 / Math.sqrt(config.hiddenSize);
  return Object.fromEntries(
    parameterShapes(config).map(({ name, shape }) => [
      name,
      Float32Array.from(
        { length: shape.reduce((a, b) => a * b) },
        () => bound * (2 * random() - 1),
      ),
    ]),
  );
}

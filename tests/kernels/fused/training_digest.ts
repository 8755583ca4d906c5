import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import type { NetworkConfig } from "lib/kernels/network_config.ts";
import { hashedParameters, hashedWindow } from "../hashed_network.ts";

const sizes: Pick<NetworkConfig, "cell" | "hiddenSize" | "layerCount" | "inputSize">[] = [
  { cell: "lstm", hiddenSize: 33, layerCount: 2, inputSize: 27 },
  { cell: "gru", hiddenSize: 40, layerCount: 2, inputSize: 28 },
  { cell: "rnn-tanh", hiddenSize: 100, layerCount: 1, inputSize: 65 },
  { cell: "rnn-sigmoid", hiddenSize: 7, layerCount: 1, inputSize: 5 },
];

/**
 * SHA-256 of the bytes that training leaves: parameters after three updates, and their last
 * gradients, for networks and batches that leave a rest in every direction. Run as a program it prints the
 * digest and how the kernels describe themselves.
 */
export async function trainingDigest(): Promise<{ digest: string; description: string }> {
  const parts: Float32Array<ArrayBuffer>[] = [];
  let description = "";
  for (const size of sizes) {
    const config: NetworkConfig = { ...size, outputSize: size.inputSize, biasesPerGate: 2 };
    for (const batchSize of [1, 3, 18, 37]) {
      const shape = { timeSteps: 5, batchSize };
      using network = await createFusedNetwork({
        ...{ config, ...shape, threads: 1, maxGradientNorm: 1 },
        optimizer: { kind: "adam", learningRate: 0.01 },
      });
      network.setParameters(hashedParameters(config, 0.5));
      const window = hashedWindow(config, shape);
      for (let i = 0; i < 3; i++) network.trainStep(window);
      const found = [...Object.values(network.parameters()), ...Object.values(network.gradients())];
      parts.push(...found as Float32Array<ArrayBuffer>[]);
      description = network.description;
    }
  }
  const bytes = await new Blob(parts).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  return { digest, description };
}

if (import.meta.main) console.log(JSON.stringify(await trainingDigest()));

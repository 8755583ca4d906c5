import { KernelMemory } from "lib/kernels/fused/kernel_memory.ts";
import { layOut } from "lib/kernels/fused/network_layout.ts";

export const config = {
  ...{ cell: "lstm", inputSize: 5, hiddenSize: 3, layerCount: 2, outputSize: 5 } as const,
  biasesPerGate: 1 as const,
};
export const options = {
  ...{ config, timeSteps: 2, batchSize: 3, maxGradientNorm: 2, dropout: 0.5 },
  optimizer: { kind: "sgd", learningRate: 1, momentum: 0.9 } as const,
};

/** The memory of a small LSTM before anything is written to it. */
export function emptyMemory(): KernelMemory {
  const layout = layOut(options, { threads: 1, keepStateGradients: false, inputGradients: false });
  const pages = Math.ceil(layout.bytes / 65536);
  return new KernelMemory(new WebAssembly.Memory({ initial: pages }), layout, options);
}

import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import { layOut } from "lib/kernels/fused/network_layout.ts";
import { type CellKind, type NetworkConfig, parameterCount } from "lib/kernels/network_config.ts";
import { multiplyAdds } from "lib/probes/cost/multiply_adds.ts";

/** A network but for its vocabulary, and the windows it is trained on. */
export interface OutputCostOptions {
  readonly vocabularySizes: readonly number[];
  readonly cell: CellKind;
  readonly hiddenSize: number;
  readonly timeSteps: number;
  readonly batchSize: number;
  /** Steps timed, after one that is not; the fastest counts. */
  readonly timedSteps: number;
}

/** What training over one vocabulary costs. */
export interface OutputCost {
  readonly vocabularySize: number;
  readonly parameterCount: number;
  /** Of the output layer: (hiddenSize + 1) per token. */
  readonly outputParameters: number;
  /** Numbers of one step's gradient, counted. */
  readonly gradientNumbers: number;
  /** WebAssembly memory of training with Adam, one thread. */
  readonly memoryBytes: number;
  /** Of a token, forward and backward. */
  readonly multiplyAdds: number;
  /** Of the output layer, among the multiply-adds. */
  readonly outputShare: number;
  /** A timing, on one thread: differs from run to run. */
  readonly secondsPerStep: number;
}

/** Trains a few steps of the same network over vocabularies of growing size and counts what it takes. */
export async function outputCosts(options: OutputCostOptions): Promise<OutputCost[]> {
  const costs: OutputCost[] = [];
  for (const size of options.vocabularySizes) costs.push(await outputCost(size, options));
  return costs;
}

async function outputCost(size: number, options: OutputCostOptions): Promise<OutputCost> {
  const { cell, hiddenSize, timeSteps, batchSize, timedSteps } = options;
  const config: NetworkConfig = {
    cell,
    inputSize: size,
    hiddenSize,
    layerCount: 1,
    outputSize: size,
    biasesPerGate: 1,
  };
  const optimizer = { kind: "adam", learningRate: 1e-3 } as const;
  const network = await createFusedNetwork({ config, timeSteps, batchSize, optimizer, threads: 1 });
  const inputIds = Int32Array.from({ length: timeSteps * batchSize }, (_, at) => (at * 31) % size);
  const window = { timeSteps, batchSize, inputIds, targetIds: inputIds };
  network.trainStep(window);
  let secondsPerStep = Infinity;
  for (let step = 0; step < timedSteps; step++) {
    const start = performance.now();
    network.trainStep(window);
    secondsPerStep = Math.min(secondsPerStep, (performance.now() - start) / 1000);
  }
  const gradients = Object.values(network.gradients());
  network.dispose();
  const single = { threads: 1, keepStateGradients: false, inputGradients: false };
  const work = multiplyAdds(config);
  return {
    vocabularySize: size,
    parameterCount: parameterCount(config),
    outputParameters: (hiddenSize + 1) * size,
    gradientNumbers: gradients.reduce((sum, { length }) => sum + length, 0),
    memoryBytes: layOut({ config, timeSteps, batchSize, optimizer }, single).bytes,
    multiplyAdds: work.training,
    outputShare: work.outputShare,
    secondsPerStep,
  };
}

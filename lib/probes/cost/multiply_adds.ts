import { gateCount, type NetworkConfig } from "lib/kernels/network_config.ts";

/** Multiply-adds of one token, forward. */
export interface MultiplyAdds {
  /** Of the cells; layer 0 reads its token as a row of the input weights, which costs none. */
  readonly cells: number;
  /** Of the output layer: one per hidden unit and vocabulary entry. */
  readonly output: number;
  /** Of all, forward and backward: three times the forward ones. */
  readonly training: number;
  /** output / (cells + output) */
  readonly outputShare: number;
}

/**
 * The multiply-adds of a recurrent language model per token, matrix products only.
 *
 * The backward pass multiplies each matrix twice, once for its own gradient and once for what comes before.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { multiplyAdds } from "lib/probes/cost/multiply_adds.ts";
 * const sizes = { inputSize: 28, hiddenSize: 32, layerCount: 1, outputSize: 28, biasesPerGate: 1 } as const;
 * assertEquals(multiplyAdds({ cell: "lstm", ...sizes }).cells, 4 * 32 * 32);
 * ```
 */
export function multiplyAdds(config: NetworkConfig): MultiplyAdds {
  const { cell, hiddenSize, layerCount, outputSize } = config;
  const cells = (2 * layerCount - 1) * gateCount(cell) * hiddenSize * hiddenSize;
  const output = hiddenSize * outputSize;
  return { cells, output, training: 3 * (cells + output), outputShare: output / (cells + output) };
}

import { gateCount, type NetworkConfig } from "lib/kernels/network_config.ts";
import type { TransformerConfig } from "lib/models/transformer/transformer_config.ts";

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

/**
 * Multiply-adds of training a transformer, per token, matrix products only: three times the forward ones.
 *
 * Forward per token: 12 E^2 per block, 2 T E per block for scores and mixing over a window of T (masked ones
 * are computed too), V E for the output. The token's own row of the embedding costs none.
 */
export function transformerMultiplyAdds(
  { embeddingSize, blockCount, contextLength }: Pick<
    TransformerConfig,
    "embeddingSize" | "blockCount" | "contextLength"
  >,
  vocabularySize: number,
): number {
  const block = 12 * embeddingSize ** 2 + 2 * contextLength * embeddingSize;
  return 3 * (blockCount * block + vocabularySize * embeddingSize);
}

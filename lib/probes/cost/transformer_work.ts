import type { TransformerConfig } from "lib/models/transformer/transformer_config.ts";

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

import type { Random } from "lib/random/random_stream.ts";
import { randomNormal } from "lib/random/normal.ts";

/** Sizes of a transformer. */
export interface TransformerConfig {
  readonly vocabularySize: number;
  /** Width E of the residual stream. */
  readonly embeddingSize: number;
  readonly blockCount: number;
  /** Heads of each attention; divides the embedding size. */
  readonly headCount: number;
  /** Most tokens it can see at once: the number of position vectors. */
  readonly contextLength: number;
  /** Whether the output's weights are the token embeddings, transposed (Press and Wolf 2017). */
  readonly tiedEmbeddings: boolean;
}

/**
 * Names and shapes of a transformer's parameters, in the order that they are drawn in.
 *
 * E-wide blocks as in GPT-2: norm1, attention (queries, keys and values side by side, [E, 3E]), projection,
 * norm2, expansion to 4E, contraction back. Rows times weights: y = x W + b.
 *
 * @throws {RangeError} if a size is not a whole number of at least 1, or the heads do not divide E.
 */
export function transformerShapes(config: TransformerConfig): Record<string, number[]> {
  requireSizes(config);
  const { vocabularySize, embeddingSize: size, blockCount, contextLength } = config;
  const shapes: Record<string, number[]> = {
    "embedding/weights": [vocabularySize, size],
    "positions/weights": [contextLength, size],
  };
  const norm = (name: string) => {
    shapes[`${name}/scale`] = [size];
    shapes[`${name}/bias`] = [size];
  };
  const linear = (name: string, rows: number, columns: number) => {
    shapes[`${name}/weights`] = [rows, columns];
    shapes[`${name}/bias`] = [columns];
  };
  for (let block = 0; block < blockCount; block++) {
    norm(`block${block}/norm1`);
    linear(`block${block}/attention`, size, 3 * size);
    linear(`block${block}/projection`, size, size);
    norm(`block${block}/norm2`);
    linear(`block${block}/expand`, size, 4 * size);
    linear(`block${block}/contract`, 4 * size, size);
  }
  norm("finalNorm");
  if (!config.tiedEmbeddings) shapes["output/weights"] = [size, vocabularySize];
  return shapes;
}

/** Number of weights of a transformer. */
export function transformerParameterCount(config: TransformerConfig): number {
  return Object.values(transformerShapes(config))
    .reduce((total, shape) => total + shape.reduce((product, size) => product * size, 1), 0);
}

/**
 * Initial values as in GPT-2: weights N(0, 0.02^2), those that end in the residual stream divided by
 * sqrt(2 blocks), biases 0, scales 1 (Radford et al. 2019, section 2.3).
 *
 * @param options.deviation in place of 0.02: small models learn faster from about 0.1.
 */
export function drawTransformer(
  config: TransformerConfig,
  { random, deviation = 0.02 }: { random: Random; deviation?: number },
): Record<string, Float32Array> {
  const draw = randomNormal(random);
  const entries = Object.entries(transformerShapes(config)).map(([name, shape]) => {
    const length = shape.reduce((product, size) => product * size, 1);
    if (name.endsWith("/bias")) return [name, new Float32Array(length)];
    if (name.endsWith("/scale")) return [name, new Float32Array(length).fill(1)];
    const isResidual = /\/(projection|contract)\//.test(name);
    const scale = deviation / (isResidual ? Math.sqrt(2 * config.blockCount) : 1);
    return [name, Float32Array.from({ length }, () => scale * draw())];
  });
  return Object.fromEntries(entries);
}

function requireSizes(config: TransformerConfig): void {
  const { vocabularySize, embeddingSize, blockCount, headCount, contextLength } = config;
  const sizes = { vocabularySize, embeddingSize, blockCount, headCount, contextLength };
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < 1) {
      throw new RangeError(
        `Cannot build a transformer: ${name} must be a whole number >= 1, got ${size}.`,
      );
    }
  }
  if (config.embeddingSize % config.headCount !== 0) {
    throw new RangeError(
      `Cannot build a transformer: ${config.headCount} heads do not divide an embedding of ` +
        `${config.embeddingSize}.`,
    );
  }
}

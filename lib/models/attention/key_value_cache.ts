import type { TransformerConfig } from "lib/models/transformer/transformer_config.ts";

/** Parameters of a transformer as plain numbers, by name. */
export type TransformerNumbers = Readonly<Record<string, Float32Array>>;

/** The keys and values of the tokens read, per block [time, E], and the tokens themselves. */
export interface KeyValueCache {
  readonly ids: readonly number[];
  readonly keys: readonly Float64Array[];
  readonly values: readonly Float64Array[];
}

/** Before any token. */
export function emptyCache({ blockCount }: TransformerConfig): KeyValueCache {
  const none = () => Array.from({ length: blockCount }, () => new Float64Array(0));
  return { ids: [], keys: none(), values: none() };
}

/**
 * Reads one token with the keys and values of all earlier ones at hand: logits [V], and the cache with
 * one token more. The given cache is not changed. O(T) work where recomputing would take O(T^2).
 *
 * Plain loops in float64 over float32 parameters; the same function as `transformerLogits`.
 *
 * @throws {RangeError} if the cache already holds `contextLength` tokens.
 */
export function cachedStep(
  parameters: TransformerNumbers,
  config: TransformerConfig,
  { cache, id }: { cache: KeyValueCache; id: number },
): { logits: Float32Array; cache: KeyValueCache } {
  const { embeddingSize: size, vocabularySize, blockCount, contextLength } = config;
  const time = cache.ids.length;
  if (time >= contextLength) {
    throw new RangeError(`Cannot read a token: the context of ${contextLength} is full.`);
  }
  const token = parameters["embedding/weights"], place = parameters["positions/weights"];
  const stream = Float64Array.from(
    { length: size },
    (_, i) => token[id * size + i] + place[time * size + i],
  );
  const keys: Float64Array[] = [], values: Float64Array[] = [];
  for (let block = 0; block < blockCount; block++) {
    const name = `block${block}`;
    const joint = affine(
      norm(stream, parameters, `${name}/norm1`),
      parameters,
      `${name}/attention`,
    );
    keys.push(appended(cache.keys[block], joint.subarray(size, 2 * size)));
    values.push(appended(cache.values[block], joint.subarray(2 * size)));
    const mixed = attend(joint.subarray(0, size), {
      keys: keys[block],
      values: values[block],
      config,
    });
    addTo(stream, affine(mixed, parameters, `${name}/projection`));
    const expanded = affine(
      norm(stream, parameters, `${name}/norm2`),
      parameters,
      `${name}/expand`,
    );
    addTo(stream, affine(expanded.map(gelu), parameters, `${name}/contract`));
  }
  const final = norm(stream, parameters, "finalNorm");
  const logits = config.tiedEmbeddings
    ? Float32Array.from({ length: vocabularySize }, (_, row) => dot(final, token, row * size))
    : Float32Array.from(product(final, parameters["output/weights"], vocabularySize));
  return { logits, cache: { ids: [...cache.ids, id], keys, values } };
}

function attend(
  query: Float64Array,
  { keys, values, config }: { keys: Float64Array; values: Float64Array; config: TransformerConfig },
): Float64Array {
  const { embeddingSize: size, headCount } = config;
  const headSize = size / headCount;
  const tokens = keys.length / size;
  const mixed = new Float64Array(size);
  for (let head = 0; head < headCount; head++) {
    const from = head * headSize;
    const own = query.subarray(from, from + headSize);
    const scores = Float64Array.from(
      { length: tokens },
      (_, at) => dot(own, keys, at * size + from) / Math.sqrt(headSize),
    );
    const largest = Math.max(...scores);
    const weights = scores.map((score) => Math.exp(score - largest));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (let at = 0; at < tokens; at++) {
      const weight = weights[at] / total;
      for (let i = from; i < from + headSize; i++) mixed[i] += weight * values[at * size + i];
    }
  }
  return mixed;
}

function norm(row: Float64Array, parameters: TransformerNumbers, name: string): Float64Array {
  const scale = parameters[`${name}/scale`], bias = parameters[`${name}/bias`];
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
  const divisor = Math.sqrt(variance + 1e-5);
  return row.map((value, i) => (value - mean) / divisor * scale[i] + bias[i]);
}

function affine(row: Float64Array, parameters: TransformerNumbers, name: string): Float64Array {
  const bias = parameters[`${name}/bias`];
  const result = product(row, parameters[`${name}/weights`], bias.length);
  for (let i = 0; i < result.length; i++) result[i] += bias[i];
  return result;
}

function product(row: Float64Array, weights: Float32Array, columns: number): Float64Array {
  const result = new Float64Array(columns);
  for (let i = 0; i < row.length; i++) {
    const value = row[i], start = i * columns;
    for (let j = 0; j < columns; j++) result[j] += value * weights[start + j];
  }
  return result;
}

function dot(row: Float64Array, values: ArrayLike<number>, start: number): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i] * values[start + i];
  return sum;
}

function gelu(x: number): number {
  return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
}

function appended(values: Float64Array, row: Float64Array): Float64Array {
  const longer = new Float64Array(values.length + row.length);
  longer.set(values);
  longer.set(row, values.length);
  return longer;
}

function addTo(target: Float64Array, change: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] += change[i];
}

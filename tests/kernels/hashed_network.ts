import { type NetworkConfig, parameterShapes } from "lib/kernels/network_config.ts";
import type { SequenceWindow, StackState } from "lib/kernels/sequence_network.ts";

/** 32 hashed bits for index i: the twin of `bits` in tests/fixtures/make_fused_network.py. */
function bits(index: number, salt: number): number {
  let x = (index + Math.imul(salt, 0x9e3779b1)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Numbers in [-scale, scale), the same ones as in the fixtures. */
export function hashed(count: number, salt: number, scale: number): Float32Array {
  return Float32Array.from(
    { length: count },
    (_, i) => (bits(i, salt) >>> 8) / 2 ** 23 * scale - scale,
  );
}

/** Integers in 0 .. size - 1. */
export function hashedIds(count: number, salt: number, size: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => bits(i, salt) % size);
}

/** Signs that a fixture's projections sum with. */
export function hashedSign(index: number, salt: number): 1 | -1 {
  return bits(index, salt) & 1 ? 1 : -1;
}

/** All parameters of a network. */
export function hashedParameters(
  config: NetworkConfig,
  scale: number,
): Record<string, Float32Array> {
  return Object.fromEntries(
    parameterShapes(config).map(({ name, shape }, i) => [
      name,
      hashed(shape.reduce((a, b) => a * b), i + 1, scale),
    ]),
  );
}

/** A window of tokens; masked, a quarter of its positions does not count. */
export function hashedWindow(
  config: NetworkConfig,
  { timeSteps, batchSize, salt = 100, masked = false }: {
    timeSteps: number;
    batchSize: number;
    salt?: number;
    masked?: boolean;
  },
): SequenceWindow {
  const positions = timeSteps * batchSize;
  return {
    timeSteps,
    batchSize,
    inputIds: hashedIds(positions, salt, config.inputSize),
    targetIds: hashedIds(positions, salt + 1, config.outputSize),
    mask: masked
      ? Float32Array.from({ length: positions }, (_, i) => bits(i, salt + 2) % 4 > 0 ? 1 : 0)
      : undefined,
  };
}

/** A state of all layers. */
export function hashedState(config: NetworkConfig, batchSize: number, scale = 0.5): StackState {
  const count = config.layerCount * batchSize * config.hiddenSize;
  return {
    batchSize,
    hiddenState: hashed(count, 201, scale),
    cellState: config.cell === "lstm" ? hashed(count, 202, scale) : undefined,
  };
}

/** Largest difference over largest magnitude of the expected, over all arrays together. */
export function relativeDifference(
  actual: Record<string, ArrayLike<number>>,
  expected: Record<string, ArrayLike<number>>,
): number {
  let largest = 0, difference = 0;
  for (const [name, values] of Object.entries(expected)) {
    for (let i = 0; i < values.length; i++) {
      largest = Math.max(largest, Math.abs(values[i]));
      const distance = Math.abs(values[i] - actual[name][i]);
      if (!(distance <= difference)) difference = distance;
    }
  }
  return difference / (largest || 1);
}

import { type NetworkConfig, parameterCount } from "lib/kernels/network_config.ts";

/** A network but for its hidden size, and the parameters it may have. */
export interface FittingSizeOptions extends Omit<NetworkConfig, "hiddenSize"> {
  readonly parameterCount: number;
}

/**
 * The largest hidden size with which a network has at most so many parameters.
 *
 * How models over different vocabularies are made alike: a larger output layer leaves less for the state.
 *
 * @throws {RangeError} if not even one unit fits
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fittingHiddenSize } from "lib/models/fitting_hidden_size.ts";
 * const sizes = { inputSize: 28, outputSize: 28, layerCount: 1, biasesPerGate: 1 } as const;
 * assertEquals(fittingHiddenSize({ cell: "gru", ...sizes, parameterCount: 6780 }), 32);
 * ```
 */
export function fittingHiddenSize(options: FittingSizeOptions): number {
  const { parameterCount: most, ...config } = options;
  const fits = (hiddenSize: number) => parameterCount({ ...config, hiddenSize }) <= most;
  if (!fits(1)) {
    throw new RangeError(
      `Cannot fit a network into ${most} parameters: one unit over ${config.outputSize} outputs takes ` +
        `${parameterCount({ ...config, hiddenSize: 1 })}.`,
    );
  }
  let low = 1, high = 2;
  while (fits(high)) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

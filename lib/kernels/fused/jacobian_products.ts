import { bidiagonalValues } from "lib/kernels/fused/bidiagonal_values.ts";
import { compileKernelModuleSync } from "lib/kernels/fused/kernel_module.ts";
import { Address } from "lib/kernels/fused/plan_layout.ts";

/** The singular values of a product of step Jacobians. */
export interface ProductSpectrum {
  /** How many steps were multiplied. */
  readonly distance: number;
  /**
   * log10, largest first. Values more than 15 decades below the largest are lost to rounding: NaN.
   */
  readonly log10SingularValues: Float64Array;
}

/** What to multiply. */
export interface JacobianProducts {
  /** Numbers of the whole state. */
  readonly stateSize: number;
  /** The product's block whose singular values are wanted: its first rows and columns. */
  readonly blockSize: number;
  readonly timeSteps: number;
  /** At which distances, from 0 to `timeSteps`. Default: all. */
  readonly distances?: readonly number[];
  /**
   * d s_t / d s_(t-1) for a time step from 1 to `timeSteps`: [stateSize, stateSize], row by row, element
   * (i, j) the derivative of s_t's i-th number by the j-th of s_(t-1).
   */
  stepJacobian(timeStep: number): Float64Array;
}

const RESOLVED = 1e-15;

/**
 * Singular values of d s_T / d s_t for every distance T - t asked for, in double precision.
 *
 * The product is scaled by a power of two after each step, so that no distance over- or underflows.
 * Products and reflections run in WebAssembly; 128 units and 200 distances take well under a second.
 *
 * @throws {Error} naming the feature, if the engine lacks SIMD.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { jacobianSpectra } from "lib/kernels/fused/jacobian_products.ts";
 * const halving = Float64Array.of(0.5, 0, 0, 0.5);
 * const spectra = jacobianSpectra({
 *   stateSize: 2,
 *   blockSize: 2,
 *   timeSteps: 2000,
 *   distances: [2000],
 *   stepJacobian: () => halving,
 * });
 * assertAlmostEquals(spectra[0].log10SingularValues[1], -2000 * Math.log10(2), 1e-9);
 * ```
 */
export function jacobianSpectra(products: JacobianProducts): ProductSpectrum[] {
  const { stateSize, blockSize, timeSteps } = products;
  const width = roundUp(stateSize), block = roundUp(blockSize);
  const bytes = (count: number) => 8 * count;
  const areas = [
    ...[width * width, block * width, block * width],
    ...[block * block, block, block, Math.max(4 * width, block)],
  ];
  const starts: number[] = [];
  let top: number = Address.Heap;
  for (const area of areas) {
    starts.push(top);
    top += bytes(area);
  }
  const [step, even, odd, work, diagonal, above, scratch] = starts;
  const { kernels, memory } = compileKernelModuleSync(top, { shared: false, arithmetic: "auto" });
  const view = (start: number, count: number) => new Float64Array(memory.buffer, start, count);
  const jacobian = view(step, width * width);
  let product = even, log2Scale = 0;
  for (let i = 0; i < blockSize; i++) view(product, block * width)[i * width + i] = 1;

  const wanted = new Set(products.distances ?? Array.from({ length: timeSteps + 1 }, (_, i) => i));
  const furthest = Math.max(...wanted);
  const spectra: ProductSpectrum[] = [];
  for (let distance = 0; distance <= furthest; distance++) {
    if (wanted.has(distance)) {
      const square = view(work, block * block), source = view(product, block * width);
      for (let row = 0; row < block; row++) {
        square.set(source.subarray(row * width, row * width + block), row * block);
        // Columns of the padding, and of the state beyond the block, do not belong to it.
        square.fill(0, row * block + blockSize, (row + 1) * block);
      }
      kernels.bidiagonalise(work, block, diagonal, above, scratch);
      const values = bidiagonalValues(
        view(diagonal, block).slice(),
        view(above, block - 1).slice(),
      );
      const logs = log10Resolved(values.subarray(0, blockSize), log2Scale);
      spectra.push({ distance, log10SingularValues: logs });
    }
    if (distance === furthest) break;
    const values = products.stepJacobian(timeSteps - distance);
    for (let row = 0; row < stateSize; row++) {
      jacobian.set(values.subarray(row * stateSize, (row + 1) * stateSize), row * width);
    }
    const next = product === even ? odd : even;
    kernels.multiplyDoubles(product, step, next, block, width, width, scratch);
    product = next;
    log2Scale += rescale(view(product, block * width));
  }
  return spectra;
}

/** Divides by the power of two nearest the largest element and returns its exponent. */
function rescale(values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < values.length; i++) largest = Math.max(largest, Math.abs(values[i]));
  if (!(largest > 0 && largest < Infinity)) return 0;
  const exponent = Math.round(Math.log2(largest));
  if (Math.abs(exponent) < 64) return 0;
  const factor = 2 ** -exponent;
  for (let i = 0; i < values.length; i++) values[i] *= factor;
  return exponent;
}

function log10Resolved(values: Float64Array, log2Scale: number): Float64Array {
  const smallest = values[0] * RESOLVED;
  return values.map((value) =>
    value > 0 && value >= smallest ? Math.log10(value) + log2Scale * Math.log10(2) : NaN
  );
}

function roundUp(count: number): number {
  return Math.ceil(count / 4) * 4;
}

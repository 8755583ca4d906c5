import { useBackend } from "lib/kernels/backend.ts";
import { findAdapter } from "lib/kernels/webgpu/adapter.ts";

const adapter = await findAdapter();

/**
 * A test on the WebGPU backend, skipped where no adapter exists; its name says so, for the summary.
 *
 * tfjs keeps its device for good, which the sanitizers would take for a leak.
 */
export function testOnWebgpu(name: string, body: () => Promise<void>): void {
  Deno.test({
    name: `${name} (needs a WebGPU adapter: deno task test-webgpu)`,
    ignore: adapter === undefined,
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      await useBackend("webgpu");
      await body();
    },
  });
}

/** Largest difference over largest magnitude: an error relative to the tensor as a whole. */
export function tensorError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Infinity;
  let difference = 0, magnitude = 1e-30;
  for (let i = 0; i < expected.length; i++) {
    // A NaN on either side must count.
    if (!(Math.abs(found[i] - expected[i]) <= difference)) {
      difference = Math.abs(found[i] - expected[i]);
      if (Number.isNaN(difference)) return Infinity;
    }
    magnitude = Math.max(magnitude, Math.abs(expected[i]));
  }
  return difference / magnitude;
}

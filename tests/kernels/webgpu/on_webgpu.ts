import { useBackend } from "lib/kernels/backend.ts";
import { findAdapter } from "lib/kernels/webgpu/adapter.ts";

const adapter = await findAdapter();
/** Software adapters take minutes where a GPU takes seconds: only on demand. */
const softwareToo = Deno.env.get("UNROLLED_SOFTWARE_GPU") === "1";
const usable = adapter !== undefined && (softwareToo || !adapter.software);

/**
 * A test on the WebGPU backend, skipped where there is no GPU (a software one counts on demand, as
 * `deno task test-webgpu` has it); its name says so, for the summary.
 *
 * tfjs keeps its device for good, which the sanitizers would take for a leak.
 */
export function testOnWebgpu(name: string, body: () => Promise<void>): void {
  Deno.test({
    name: `${name} (needs a GPU, or a software one: deno task test-webgpu)`,
    ignore: !usable,
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

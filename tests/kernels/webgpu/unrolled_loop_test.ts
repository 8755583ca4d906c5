import { assertEquals } from "@std/assert";
import { SUMS_PER_TURN, unrolledLoop } from "lib/kernels/webgpu/unrolled_loop.ts";

/** Runs the text as JavaScript, which this part of WGSL also is. */
function visited(bound: number, steps: number): number[] {
  const text = unrolledLoop(bound, { steps, body: (k) => `seen.push(${k});` });
  const seen: number[] = [];
  new Function("seen", text)(seen);
  return seen;
}

Deno.test("unrolledLoop() visits 0 to bound - 1 in order, whatever the steps per turn", () => {
  for (const [bound, steps] of [[1, 8], [7, 2], [8, 2], [33, 8], [64, SUMS_PER_TURN]]) {
    assertEquals(visited(bound, steps), Array.from({ length: bound }, (_, k) => k));
  }
});

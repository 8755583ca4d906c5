/** How many compute dispatches `body` records on WebGPU, whoever makes them. */
export async function countDispatches(body: () => Promise<void>): Promise<number> {
  const { prototype } = GPUComputePassEncoder;
  const original = prototype.dispatchWorkgroups;
  let count = 0;
  prototype.dispatchWorkgroups = function (...sizes: [number, number?, number?]) {
    count++;
    return original.apply(this, sizes);
  };
  try {
    await body();
  } finally {
    prototype.dispatchWorkgroups = original;
  }
  return count;
}

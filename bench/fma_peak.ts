import { compileKernelModule } from "lib/kernels/fused/kernel_module.ts";

/** Most floating point operations per second that one thread's multiply-adds reach here, in 10^9. */
export async function measurePeak(): Promise<number> {
  const { kernels } = await compileKernelModule(65536, { shared: false, arithmetic: "auto" });
  const count = 2_000_000, operationsEach = 80;
  let least = Infinity;
  for (let i = 0; i < 12; i++) {
    const start = performance.now();
    kernels.chainMultiplyAdds(count);
    least = Math.min(least, performance.now() - start);
  }
  return count * operationsEach / least / 1e6;
}

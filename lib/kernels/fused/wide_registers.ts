/**
 * Flags of V8 under which the kernels run on registers of eight floats instead of four.
 *
 * WebAssembly knows 128 bits. V8 can join pairs of such operations to the 256 bits of AVX2, but not
 * across the checks of a memory's bounds, and only Deno's start can ask for it: set the environment
 * variable `DENO_V8_FLAGS` to this. Training then takes 0.6 to 0.8 of its time (`results/bench.json`) and
 * gives the same bytes, since a lane's operations and their order stay as they are.
 *
 * V8 calls the one flag experimental and the other one meant for measurements: all WebAssembly of the
 * process then runs without checks of bounds, so that a fault in it corrupts memory instead of
 * ending in an error. Our tests run with the checks.
 */
export const WIDE_REGISTER_FLAGS = "--no-wasm-bounds-checks,--experimental-wasm-revectorize";

/** Whether this process was started with `WIDE_REGISTER_FLAGS`, on a CPU that V8 does it for. */
export function hasWideRegisters(): boolean {
  if (globalThis.Deno?.build?.arch !== "x86_64") return false;
  const name = "env", variable = "DENO_V8_FLAGS";
  if (Deno.permissions.querySync({ name, variable }).state !== "granted") return false;
  const flags = Deno.env.get(variable)?.split(",") ?? [];
  return WIDE_REGISTER_FLAGS.split(",").every((flag) => flags.includes(flag));
}

import { type AdapterSummary, findAdapter } from "lib/kernels/webgpu/adapter.ts";
import type { PlaygroundBackend } from "tools/playground/playground_message.ts";

/** Where a network will be trained, and why, in a sentence. */
export interface BackendForPlayground {
  readonly backend: PlaygroundBackend;
  readonly note: string;
}

/**
 * Where to train: what was asked for, or what can be had in its place; the note says which.
 *
 * "auto" is WebGPU on a real GPU and WebAssembly otherwise: a software adapter is taken only by name.
 */
export async function choosePlaygroundBackend(
  requested: PlaygroundBackend | "auto",
  { find = findAdapter }: { find?: () => Promise<AdapterSummary | undefined> } = {},
): Promise<BackendForPlayground> {
  if (requested === "wasm") return { backend: "wasm", note: "WebAssembly, as asked." };
  // A browser that refuses to look for an adapter has none for us.
  const adapter = await find().catch(() => undefined);
  if (adapter === undefined) {
    return { backend: "wasm", note: "WebAssembly: this browser offers no WebGPU adapter." };
  }
  const { name, software } = adapter;
  if (requested === "auto") {
    return software
      ? { backend: "wasm", note: `WebAssembly: the only WebGPU adapter is software (${name}).` }
      : { backend: "webgpu", note: `WebGPU on ${name}.` };
  }
  const caveat = software ? ", a software adapter: right, and slow" : "";
  return { backend: "webgpu", note: `WebGPU on ${name}, as asked${caveat}.` };
}

/** A GPU adapter as the record names it. */
export interface AdapterSummary {
  readonly name: string;
  /** A CPU that plays a GPU: right for checking numbers, of no use for speed. */
  readonly software: boolean;
}

const SOFTWARE_NAMES = /llvmpipe|lavapipe|softpipe|swiftshader|basic render|\bwarp\b|software/i;

/**
 * What an adapter calls itself, and whether it is software.
 *
 * Not every runtime sets `isFallbackAdapter`, so well-known names count too.
 */
export function describeAdapter(
  info: Partial<
    Pick<GPUAdapterInfo, "vendor" | "architecture" | "device" | "description" | "isFallbackAdapter">
  >,
): AdapterSummary {
  const name = info.description ||
    [info.vendor, info.architecture, info.device].filter(Boolean).join(" ") || "unnamed adapter";
  return { name, software: info.isFallbackAdapter === true || SOFTWARE_NAMES.test(name) };
}

/** The adapter that the WebGPU backend would get; undefined where there is none. */
export async function findAdapter(): Promise<AdapterSummary | undefined> {
  if (!("gpu" in navigator) || !navigator.gpu) return undefined;
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  return adapter ? describeAdapter(adapter.info) : undefined;
}

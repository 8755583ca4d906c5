import { layOut } from "lib/kernels/fused/network_layout.ts";
import type { Shape } from "./shapes.ts";

/** Bytes that training a shape takes: a network's memory is laid out when it starts, and stays. */
export interface KernelMemoryUse {
  readonly shape: string;
  readonly bytes: number;
}

/** Memory of the fused kernels on two threads, parameters and optimiser included. */
export function kernelMemory(shapes: readonly Shape[]): KernelMemoryUse[] {
  return shapes.map((shape) => ({
    shape: shape.name,
    bytes: layOut(shape, { threads: 2, keepStateGradients: false, inputGradients: false }).bytes,
  }));
}

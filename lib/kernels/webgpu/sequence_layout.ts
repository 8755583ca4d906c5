import { type CellKind, gateCount } from "lib/kernels/network_config.ts";
import type { RowCount } from "lib/kernels/webgpu/row_vectors.ts";

/** Sizes of one recurrent layer over a window. */
export interface SequenceSizes {
  readonly kind: CellKind;
  readonly timeSteps: number;
  readonly batchSize: number;
  readonly hiddenSize: number;
}

/**
 * Where things stand in the one array that the forward program writes, as offsets in numbers.
 *
 * A WebGPU program of tfjs has one output. What the caller sees (`visible`) is contiguous.
 */
export interface TraceLayout {
  /** h_1 .. h_T, [time, batch, hidden]; before it h_0, so that h_(t-1) is contiguous too. */
  readonly hidden: number;
  /** c_T of an LSTM, [batch, hidden]. */
  readonly finalCell: number;
  /** c_1 .. c_T of an LSTM, [time, batch, hidden]. */
  readonly cells: number;
  /** Gates after their nonlinearity, [time, batch, G * hidden]. */
  readonly gates: number;
  /** h Un + bUn of a GRU, which its reset gate scales, [time, batch, hidden]. */
  readonly recurrentCandidate: number;
  readonly size: number;
}

/** The forward program's output. */
export function traceLayout(
  { kind, timeSteps, batchSize, hiddenSize }: SequenceSizes,
): TraceLayout {
  const state = batchSize * hiddenSize, states = timeSteps * state;
  const hidden = state;
  const finalCell = hidden + states;
  const cells = finalCell + (kind === "lstm" ? state : 0);
  const gates = cells + (kind === "lstm" ? states : 0);
  const recurrentCandidate = gates + gateCount(kind) * states;
  const size = recurrentCandidate + (kind === "gru" ? states : 0);
  return { hidden, finalCell, cells, gates, recurrentCandidate, size };
}

/** Where things stand in the backward program's output; gradients of what the names say. */
export interface GradientLayout {
  /** Of x W + b, [time, batch, G * hidden]. */
  readonly products: number;
  /** Of h U + bU where that differs (GRU), [time, batch, G * hidden]. */
  readonly recurrentProducts: number;
  /** [batch, hidden] each; the cell's with an LSTM only. */
  readonly initialHidden: number;
  readonly initialCell: number;
  readonly size: number;
}

/** The backward program's output. */
export function gradientLayout(
  { kind, timeSteps, batchSize, hiddenSize }: SequenceSizes,
): GradientLayout {
  const state = batchSize * hiddenSize, states = timeSteps * state;
  const gateStates = gateCount(kind) * states;
  const products = 0;
  const recurrentProducts = kind === "gru" ? gateStates : 0;
  const initialHidden = recurrentProducts + gateStates;
  const initialCell = initialHidden + state;
  const size = initialCell + (kind === "lstm" ? state : 0);
  return { products, recurrentProducts, initialHidden, initialCell, size };
}

/** What a device allows, in the names of `GPUSupportedLimits`. */
export interface DeviceLimits {
  readonly maxComputeWorkgroupStorageSize: number;
  readonly maxComputeInvocationsPerWorkgroup: number;
  readonly maxStorageBufferBindingSize: number;
}

/** How a sequence is cut into workgroups. */
export interface WorkgroupPlan {
  readonly rows: RowCount;
  readonly threads: number;
  readonly workgroups: number;
}

/** Workgroups wanted before sequences share one: enough to fill a GPU, or the cores of a CPU. */
const WORKGROUPS_WANTED = { hardware: 64, software: 2 };

/** Bytes of workgroup memory per sequence: the backward program's, which takes the most. */
const workgroupBytes = ({ kind, hiddenSize }: SequenceSizes) =>
  4 * Math.max(3, gateCount(kind) + 2) * hiddenSize;

/**
 * How to run a sequence, or a sentence that says why the fused programs cannot.
 *
 * Each sequence's sums are taken in the same order whatever the plan, so numbers do not depend on it.
 */
export function planWorkgroups(
  sizes: SequenceSizes,
  { limits, software }: { limits: DeviceLimits; software: boolean },
): WorkgroupPlan | string {
  const { batchSize, hiddenSize } = sizes;
  const available = limits.maxComputeWorkgroupStorageSize;
  if (workgroupBytes(sizes) > available) {
    return `${hiddenSize} hidden units take ${workgroupBytes(sizes)} bytes of workgroup memory, ` +
      `the device has ${available}`;
  }
  const largest = 4 * Math.max(traceLayout(sizes).size, gradientLayout(sizes).size);
  if (largest > limits.maxStorageBufferBindingSize) {
    return `the window takes a buffer of ${largest} bytes, ` +
      `the device allows ${limits.maxStorageBufferBindingSize}`;
  }
  const wanted = WORKGROUPS_WANTED[software ? "software" : "hardware"];
  // Eight were measured in software only, where reading a weight costs more than its products.
  const counts = software ? [8, 4, 2] as const : [4, 2] as const;
  const rows =
    counts.find((count) =>
      batchSize >= count * wanted && count * workgroupBytes(sizes) <= available
    ) ?? 1;
  const threads = Math.min(
    32 * Math.ceil(hiddenSize / 32),
    256,
    limits.maxComputeInvocationsPerWorkgroup,
  );
  return { rows, threads, workgroups: Math.ceil(batchSize / rows) };
}

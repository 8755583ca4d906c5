import { fusedKernels, plainKernels } from "lib/kernels/fused/kernel_binary.ts";

/** How the kernels multiply and add: rounding once, or twice. */
export type Arithmetic = "fused" | "plain";

/** The kernels, started on a memory. */
export interface KernelExports {
  prepare(): void;
  run(): void;
  serve(thread: number): void;
  stop(): void;
  roundsOnce(a: number, c: number): number;
  chainMultiplyAdds(count: number): number;
  /** Addresses of A, B and C; rows, depth and columns; room for four columns. */
  multiplyDoubles(...words: number[]): void;
  /** Address of A, its size, addresses of the two diagonals, room for a row. */
  bidiagonalise(...words: number[]): void;
}

/** Kernels compiled for memories of one size. */
export interface KernelModule {
  readonly module: WebAssembly.Module;
  readonly arithmetic: Arithmetic;
  /** Whether one multiply-add really rounds once on this engine and CPU. */
  readonly roundsOnce: boolean;
  readonly memory: WebAssembly.Memory;
  readonly kernels: KernelExports;
}

const PAGE = 65536;

/** What the kernels are compiled for. */
export interface KernelChoices {
  /** For several threads. */
  readonly shared: boolean;
  readonly arithmetic: "auto" | Arithmetic;
}

/**
 * Compiles the kernels for a memory of `bytes`, makes the memory and starts them on it.
 *
 * The memory's size is written into the binary, first and last: bounds that never move cost less to
 * check.
 *
 * @throws {Error} naming the feature, if the engine lacks SIMD, shared memory, or, where "fused" is
 * asked for, relaxed SIMD.
 * @throws {RangeError} if so large a memory cannot be addressed.
 */
export async function compileKernelModule(
  bytes: number,
  choices: KernelChoices,
): Promise<KernelModule> {
  const { binary, ...sizes } = chooseBinary(bytes, choices);
  return startKernels(await WebAssembly.compile(binary), sizes);
}

/** The same without waiting; a browser allows that to its workers only. */
export function compileKernelModuleSync(bytes: number, choices: KernelChoices): KernelModule {
  const { binary, ...sizes } = chooseBinary(bytes, choices);
  return startKernels(new WebAssembly.Module(binary), sizes);
}

interface ChosenSizes {
  readonly pages: number;
  readonly shared: boolean;
  readonly arithmetic: Arithmetic;
}

function chooseBinary(
  bytes: number,
  { shared, arithmetic }: KernelChoices,
): ChosenSizes & { binary: Uint8Array<ArrayBuffer> } {
  const pages = Math.ceil(bytes / PAGE);
  if (pages > 65535) {
    throw new RangeError(`Cannot start a network: it needs ${pages} pages of memory, over 65535.`);
  }
  if (!hasSimd()) {
    throw new Error("Cannot start the fused kernels: this engine lacks WebAssembly SIMD.");
  }
  const chosen = arithmetic === "auto" ? (hasRelaxedSimd() ? "fused" : "plain") : arithmetic;
  if (chosen === "fused" && !hasRelaxedSimd()) {
    throw new Error(
      'Cannot start the fused kernels: this engine lacks WebAssembly relaxed SIMD; ask for "plain".',
    );
  }
  if (shared && typeof SharedArrayBuffer === "undefined") {
    throw new Error("Cannot start several threads: this engine lacks shared memory.");
  }
  const source = Uint8Array.fromBase64(chosen === "fused" ? fusedKernels : plainKernels);
  const binary = withMemoryLimits(source, { pages, shared });
  return { binary, pages, shared, arithmetic: chosen };
}

function startKernels(module: WebAssembly.Module, sizes: ChosenSizes): KernelModule {
  const { pages, shared, arithmetic } = sizes;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  const kernels = instance.exports as unknown as KernelExports;
  kernels.prepare();
  // (1 + 2^-12)^2 - (1 + 2^-11) is 2^-24, but 0 if the square is rounded first.
  const roundsOnce = kernels.roundsOnce(1 + 2 ** -12, -(1 + 2 ** -11)) === 1;
  return { module, arithmetic, roundsOnce, memory, kernels };
}

/** Replaces the limits and the sharing of the one memory that a binary imports. */
export function withMemoryLimits(
  binary: Uint8Array,
  { pages, shared }: { pages: number; shared: boolean },
): Uint8Array<ArrayBuffer> {
  const limits = [shared ? 3 : 1, ...unsigned(pages), ...unsigned(pages)];
  // One import: "env" "memory", of kind memory (2).
  const contents = [1, 3, ...ascii("env"), 6, ...ascii("memory"), 2, ...limits];
  let at = 8;
  while (at < binary.length) {
    const kind = binary[at];
    const { value: length, next } = readUnsigned(binary, at + 1);
    if (kind === 2) {
      const section = [2, ...unsigned(contents.length), ...contents];
      const before = binary.subarray(0, at), after = binary.subarray(next + length);
      const result = new Uint8Array(before.length + section.length + after.length);
      result.set(before);
      result.set(section, before.length);
      result.set(after, before.length + section.length);
      return result;
    }
    at = next + length;
  }
  throw new Error("Cannot set the memory's limits: the binary imports none.");
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value >>>= 7;
  } while (value > 0);
  return bytes;
}

function readUnsigned(bytes: Uint8Array, at: number): { value: number; next: number } {
  let value = 0;
  for (let shift = 0;; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return { value, next: at };
  }
}

/** Header, one type () -> v128, one function, and the instructions of its body. */
function validates(body: number[]): boolean {
  const head = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0];
  const code = [10, body.length + 4, 1, body.length + 2, 0, ...body, 11];
  return WebAssembly.validate(new Uint8Array([...head, ...code]));
}

const SPLAT_ZERO = [65, 0, 253, 17];

/** Whether the engine has 128-bit SIMD. */
export function hasSimd(): boolean {
  return validates(SPLAT_ZERO);
}

/** Whether the engine has relaxed SIMD's multiply-add. */
export function hasRelaxedSimd(): boolean {
  return validates([...SPLAT_ZERO, ...SPLAT_ZERO, ...SPLAT_ZERO, 253, 133, 2]);
}

import * as ort from "onnxruntime-web";

/** How to start ONNX Runtime. */
export interface SessionOptions {
  /**
   * Threads of its wasm provider. Default 1: a step of a network with a few hundred units is too short
   * for more. One number for all sessions of a Worker or the main thread.
   */
  readonly threads?: number;
}

/** A network in ONNX Runtime, ready to run. */
export interface OnnxSession {
  readonly session: ort.InferenceSession;
  /** What computes, for the record, such as "ONNX Runtime 1.30.0 wasm, 2 threads". */
  readonly description: string;
}

let startedThreads: number | undefined;

// On start, ONNX Runtime 1.30.0 puts Node's Worker, which takes no data URL, in the place of Deno's.
const { Worker: ownWorker } = globalThis;

/**
 * Loads an ONNX file into ONNX Runtime's wasm provider. Release the session when done.
 *
 * @throws {RangeError} if threads is not a positive integer.
 * @throws {Error} if the runtime was already started with another number of threads, which it keeps for
 * as long as the Worker or process lives.
 */
export async function startOnnxSession(
  bytes: Uint8Array,
  { threads = 1 }: SessionOptions = {},
): Promise<OnnxSession> {
  if (!(Number.isInteger(threads) && threads > 0)) {
    throw new RangeError(
      `Cannot start ONNX Runtime: threads must be a positive integer, got ${threads}.`,
    );
  }
  if (startedThreads !== undefined && startedThreads !== threads) {
    throw new Error(
      `Cannot run with ${threads} threads: ONNX Runtime was started with ${startedThreads} here ` +
        `and keeps them; another number takes a Worker of its own.`,
    );
  }
  startedThreads = threads;
  ort.env.wasm.numThreads = threads;
  const session = await ort.InferenceSession.create(bytes, { executionProviders: ["wasm"] })
    .finally(() => globalThis.Worker = ownWorker);
  const count = ort.env.wasm.numThreads; // 1 where there is no shared memory, whatever was asked
  const plural = count === 1 ? "thread" : "threads";
  return { session, description: `ONNX Runtime ${ort.env.versions.web} wasm, ${count} ${plural}` };
}

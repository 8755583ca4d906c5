import { join } from "node:path";
import { type ConnectionInfo, connectionInfo } from "tools/jupyter/wire/connection_info.ts";
import { KernelConnection, KernelGoneError } from "tools/jupyter/wire/kernel_connection.ts";
import {
  AddressTakenError,
  type KernelCommand,
  type KernelProcess,
  spawnKernel,
} from "tools/jupyter/kernel/kernel_process.ts";

/** How to start a kernel. */
export interface KernelOptions extends KernelCommand {
  /** Longest time until it answers; 30 unless told. */
  readonly startTimeoutSeconds?: number;
  readonly signal?: AbortSignal;
}

/** A running kernel and the connection to it. */
export interface Kernel {
  readonly processId: number;
  readonly connection: KernelConnection;
  /** Rejects with a `KernelGoneError` when the process ends or the connection breaks; never resolves. */
  readonly gone: Promise<never>;
  /** Stops what runs now, where it is a synchronous loop; the kernel's state lives on. */
  interrupt(): Promise<void>;
  /** Ends the process and waits until it is gone; asking twice does no harm. */
  stop(): Promise<void>;
}

/**
 * Starts a Deno kernel in a process of its own and connects to it.
 *
 * @throws {KernelGoneError} if it does not start, or does not answer in time.
 */
export async function startKernel(options: KernelOptions): Promise<Kernel> {
  // Another process may take one of the free ports before the kernel does: then once more.
  for (let attempt = 1;; attempt++) {
    options.signal?.throwIfAborted();
    try {
      return await startOnce(options);
    } catch (error) {
      if (attempt === 3 || !(error instanceof AddressTakenError)) throw error;
    }
  }
}

async function startOnce(options: KernelOptions): Promise<Kernel> {
  const folder = await Deno.makeTempDir({ prefix: "unrolled-kernel-" });
  try {
    const info = connectionInfo();
    const file = join(folder, "connection.json");
    await Deno.writeTextFile(file, JSON.stringify(info), { mode: 0o600 });
    const process = spawnKernel(file, options);
    try {
      const connection = await connectWhenReady(info, { process, options });
      return createKernel(process, connection);
    } catch (error) {
      await process.kill();
      throw error;
    }
  } finally {
    // The kernel has read it by now, or never will.
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

async function connectWhenReady(
  info: ConnectionInfo,
  { process, options }: { process: KernelProcess; options: KernelOptions },
): Promise<KernelConnection> {
  const seconds = options.startTimeoutSeconds ?? 30;
  const deadline = AbortSignal.timeout(seconds * 1000);
  const signal = AbortSignal.any(options.signal ? [deadline, options.signal] : [deadline]);
  let ending: KernelGoneError | undefined;
  process.ended.then((error) => ending = error);
  while (true) {
    if (ending) throw ending;
    options.signal?.throwIfAborted();
    if (deadline.aborted) {
      throw new KernelGoneError(`The kernel did not answer within ${seconds} seconds`);
    }
    try {
      const connection = await KernelConnection.connect(info, signal);
      return await awaitFirstAnswer(connection, { process, signal });
    } catch (error) {
      const notYet = error instanceof Deno.errors.ConnectionRefused ||
        error instanceof Deno.errors.UnexpectedEof ||
        error instanceof Deno.errors.ConnectionReset || signal.aborted;
      if (!notYet) {
        throw error instanceof KernelGoneError
          ? error
          : new KernelGoneError(`Cannot talk to the kernel: ${(error as Error).message}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Asks for kernel_info until both the reply and a broadcast are seen: a subscription takes a moment to be in force. */
async function awaitFirstAnswer(
  connection: KernelConnection,
  { process, signal }: { process: KernelProcess; signal: AbortSignal },
): Promise<KernelConnection> {
  const heard = new Promise<void>((resolve) => connection.onBroadcast = () => resolve());
  const aborted = new Promise<never>((_, reject) =>
    signal.addEventListener("abort", () => reject(signal.reason))
  );
  const ended = process.ended.then((error) => Promise.reject(error));
  const broken = Promise.race([connection.broken, aborted, ended]);
  try {
    let subscribed = false;
    while (!subscribed) {
      await Promise.race([connection.request("kernel_info_request"), broken]);
      const pause = new Promise((resolve) => setTimeout(resolve, 50));
      subscribed = await Promise.race([heard.then(() => true), pause.then(() => false), broken]);
    }
    connection.onBroadcast = () => {};
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

function createKernel(process: KernelProcess, connection: KernelConnection): Kernel {
  const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 300));
  const gone = Promise.race([
    // What the kernel sent before it ended is still on its way.
    process.ended.then(async (error) => {
      await Promise.race([connection.drained, soon()]);
      throw error;
    }),
    // A channel closes a moment before its process is seen to end, and the process knows more.
    connection.broken.catch(async (error) => {
      throw await Promise.race([process.ended, soon()]) ?? error;
    }),
  ]);
  gone.catch(() => {});
  return {
    processId: process.processId,
    connection,
    gone,
    async interrupt() {
      await Promise.race([connection.request("interrupt_request", { channel: "control" }), gone]);
    },
    async stop() {
      connection.close();
      await process.kill();
    },
  };
}

import { fileURLToPath } from "node:url";
import { KernelGoneError } from "tools/jupyter/wire/kernel_connection.ts";

/** How to start a kernel's process. */
export interface KernelCommand {
  /** Its working directory: `deno.json` is looked for from here upward, relative imports start here. */
  readonly cwd: string;
  readonly env?: Record<string, string>;
  /** The command that starts it, to which the connection file's path is added; the Deno that is running unless told. */
  readonly command?: readonly string[];
}

/** The process ended because another one had taken a port meanwhile. */
export class AddressTakenError extends KernelGoneError {}

/** A kernel's process. */
export interface KernelProcess {
  readonly processId: number;
  /** Resolves, with the reason in words, when the process is gone. */
  readonly ended: Promise<KernelGoneError>;
  /** Ends it at once and waits until it is gone; a second time does nothing. */
  kill(): Promise<void>;
}

/** Starts a kernel that reads the given connection file; it does not outlive this program. */
export function spawnKernel(connectionFile: string, options: KernelCommand): KernelProcess {
  const [program, ...args] = options.command ??
    [Deno.execPath(), "jupyter", "--kernel", "--conn"];
  const guard = startGuard();
  const child = new Deno.Command(program, {
    args: [...args, connectionFile],
    cwd: options.cwd,
    env: { ...options.env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  guard.watch(child.pid);
  const lastWords = readTail(child.stderr);
  const ended = child.status.then(async (status) => {
    guard.stop();
    const cause = status.signal
      ? `by ${status.signal}`
      : `with exit code ${status.code}, as if the cell had called Deno.exit`;
    const words = await lastWords;
    const message = `The kernel process ended ${cause}${words && `:\n${words}`}`;
    const taken = /address (already )?in use/i.test(words);
    const error = taken ? new AddressTakenError(message) : new KernelGoneError(message);
    error.endedBySignal = status.signal ?? undefined;
    return error;
  });
  return {
    processId: child.pid,
    ended,
    async kill() {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
      await ended;
    },
  };
}

/** The last lines a process writes, once it has ended. */
async function readTail(stream: ReadableStream<Uint8Array>): Promise<string> {
  let tail = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    tail = (tail + text).slice(-2000);
  }
  return tail.replace(/^Warning "deno jupyter" is unstable.*$/m, "").trim();
}

/** Starts `kernel_guard.ts`, which kills the kernel when this program is gone. */
function startGuard(): { watch(processId: number): void; stop(): void } {
  const script = fileURLToPath(new URL("./kernel_guard.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-config", "--no-lock", "--allow-all", script],
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  // Nothing waits for it.
  child.unref();
  const writer = child.stdin.getWriter();
  return {
    // The pipe stays open: that it closes is the message.
    watch: (processId) =>
      void writer.write(new TextEncoder().encode(String(processId))).catch(() => {}),
    stop() {
      try {
        child.kill("SIGKILL");
      } catch {
        // Somebody else has ended it.
      }
      writer.close().catch(() => {});
    },
  };
}

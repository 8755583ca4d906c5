/**
 * Ends a kernel whose runner is gone, however it went: a program of its own, started by `kernel_process.ts`.
 *
 * Its standard input is a pipe that only the runner holds. The kernel's process id comes through it; when the runner
 * dies the operating system closes it, and the kernel is killed, even in the middle of an endless loop. A runner that
 * has ended its kernel itself kills this program too. It imports nothing, and needs no configuration.
 *
 * @module
 */

// What ends the runner from the terminal comes to its whole group; this program has to outlive it.
const signals: Deno.Signal[] = Deno.build.os === "windows"
  ? ["SIGINT", "SIGBREAK"]
  : ["SIGINT", "SIGHUP", "SIGTERM", "SIGQUIT"];
for (const signal of signals) Deno.addSignalListener(signal, () => {});

let kernel = "";
for await (const text of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) kernel += text;
try {
  if (kernel !== "") Deno.kill(Number(kernel), "SIGKILL");
} catch {
  // It has ended by itself.
}
Deno.exit(0);

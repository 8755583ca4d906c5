import type { ProgressTarget } from "tools/lecture/lecture_progress.ts";

/** Progress on standard output, rewritten in place where that is a terminal. */
export function terminalTarget(): ProgressTarget {
  const encoder = new TextEncoder();
  const isTerminal = Deno.stdout.isTerminal();
  return {
    write: (text) => {
      const bytes = encoder.encode(text);
      for (let sent = 0; sent < bytes.length;) sent += Deno.stdout.writeSync(bytes.subarray(sent));
    },
    isTerminal,
    width: () => {
      try {
        if (isTerminal) return Deno.consoleSize().columns;
      } catch {
        // Some terminals do not know how wide they are.
      }
      return 100;
    },
    now: () => performance.now(),
  };
}

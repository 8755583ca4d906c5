/**
 * Runs the lecture: `deno task lecture --help` says how.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { UsageError } from "tools/command/command_line.ts";
import { lectureUsage, parseLectureOptions } from "tools/lecture/lecture_options.ts";
import { runLecture } from "tools/lecture/run_lecture.ts";
import { terminalTarget } from "tools/lecture/terminal_target.ts";
import { renderPlaygroundPage as renderPlayground } from "tools/playground/playground_page.ts";

if (import.meta.main) Deno.exit(await main(Deno.args));

async function main(args: readonly string[]): Promise<number> {
  const terminal = terminalTarget();
  const interrupt = new AbortController();
  const onSignal = () => {
    // The first Ctrl-C ends the run in order, the second at once.
    if (interrupt.signal.aborted) Deno.exit(130);
    terminal.write("\nStopping: the kernel is closed and what is finished is kept.\n");
    interrupt.abort(new Error("interrupted"));
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, onSignal);
  try {
    const options = parseLectureOptions(args);
    if (options.help) {
      console.log(lectureUsage);
      return 0;
    }
    const root = fileURLToPath(new URL("..", import.meta.url));
    const { signal } = interrupt;
    return await runLecture(options, { root, terminal, signal, renderPlayground });
  } catch (error) {
    console.error((error as Error).message);
    return error instanceof UsageError ? 2 : 1;
  }
}

import { TextLineStream } from "./text_line_stream.ts";

/** A process that answers each JSON line it reads with one. */
export interface LineProcess {
  /** Calls a method of the process's session. */
  call<Answer>(call: string, ...values: unknown[]): Promise<Answer>;
  /** Ends its input and waits for it to end. */
  close(): Promise<void>;
}

/**
 * Starts a process; what it writes to stderr is shown.
 *
 * @throws {Deno.errors.NotFound} if there is no such program.
 */
export function startLineProcess(program: string, options: Deno.CommandOptions): LineProcess {
  const child = new Deno.Command(program, {
    ...{ ...options, stdin: "piped", stdout: "piped", stderr: "inherit" },
  }).spawn();
  const requests = child.stdin.getWriter();
  const answers = child.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  return {
    async call<Answer>(name: string, ...values: unknown[]): Promise<Answer> {
      const line = JSON.stringify({ call: name, arguments: values }) + "\n";
      await requests.write(new TextEncoder().encode(line));
      const { value, done } = await answers.read();
      if (done) throw new Error(`${program} ended before it answered ${name}.`);
      return JSON.parse(value);
    },
    async close() {
      await requests.close();
      await answers.cancel();
      await child.status;
    },
  };
}

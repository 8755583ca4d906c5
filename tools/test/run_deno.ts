/** How a Deno subcommand is run. */
export interface RunDenoOptions {
  /** Working directory: the repository's root, or a test's own; this program's unless told. */
  readonly cwd?: string;
  /** Standard input; empty unless told. */
  readonly input?: string;
  /** `true`: straight to the terminal; otherwise the output is returned. */
  readonly live?: boolean;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** How a Deno subcommand ended. */
export interface DenoRun {
  readonly ok: boolean;
  readonly code: number;
  /** Standard output; empty for a live run. */
  readonly stdout: string;
  /** Standard error; empty for a live run. */
  readonly stderr: string;
}

/** Runs the same Deno that runs this program (it may be on no PATH: `npx` fetched it). */
export async function runDeno(
  commandArguments: readonly string[],
  { cwd, input, live = false, signal }: RunDenoOptions = {},
): Promise<DenoRun> {
  const channel = live ? "inherit" : "piped";
  const child = new Deno.Command(Deno.execPath(), {
    args: [...commandArguments],
    cwd,
    env: live ? {} : { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: input === undefined ? "null" : "piped",
    stdout: channel,
    stderr: channel,
    signal,
  }).spawn();
  if (input !== undefined) {
    const writer = child.stdin.getWriter();
    const written = writer.write(new TextEncoder().encode(input)).then(() => writer.close());
    // It may end without having read everything; its own words say why.
    written.catch(() => {});
  }
  if (live) {
    const { success, code } = await child.status;
    return { ok: success, code, stdout: "", stderr: "" };
  }
  const { success, code, stdout, stderr } = await child.output();
  const decoder = new TextDecoder();
  return { ok: success, code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** The first lines of a long output, and how many more there were. */
export function firstLines(text: string, count = 120): string {
  const lines = text.trimEnd().split("\n");
  if (lines.length <= count) return lines.join("\n");
  return [...lines.slice(0, count), `… and ${lines.length - count} more lines`].join("\n");
}

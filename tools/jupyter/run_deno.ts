/** What a run of Deno said. */
export interface DenoOutcome {
  readonly success: boolean;
  /** Standard error, without colours. */
  readonly errors: string;
}

/** Runs the Deno that is running, with a text as its standard input. */
export async function runDeno(
  args: readonly string[],
  { input, cwd }: { input: string; cwd?: string },
): Promise<DenoOutcome> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  const written = writer.write(new TextEncoder().encode(input)).then(() => writer.close());
  // It may end without having read everything; its own words say why.
  written.catch(() => {});
  const { success, stderr } = await child.output();
  return { success, errors: new TextDecoder().decode(stderr) };
}

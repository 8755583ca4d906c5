/** A text as `deno fmt` writes it, so that what is generated passes the format check. */
export async function formatWithDeno(
  text: string,
  { extension, root }: { extension: string; root: string },
): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--quiet", "--ext", extension, "-"],
    cwd: root,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  });
  const process = command.spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
  const { success, stdout } = await process.output();
  return success ? new TextDecoder().decode(stdout) : text;
}

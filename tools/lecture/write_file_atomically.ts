import { basename, dirname, join } from "node:path";

/** Writes a text file beside its place and renames it, so that no reader and no interruption sees half of it. */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const beside = join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}.part`);
  try {
    await Deno.writeTextFile(beside, text);
    await Deno.rename(beside, path);
  } catch (error) {
    await Deno.remove(beside).catch(() => {});
    throw error;
  }
}

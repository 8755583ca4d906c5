import { join, resolve } from "node:path";
import { runDeno } from "tools/test/run_deno.ts";

/**
 * The notebooks that `deno fmt` would change, by the paths they were given as.
 *
 * `deno fmt --check` (2.9.6) calls every notebook it has not seen before unformatted, though what it
 * then writes is the same bytes; so copies are formatted and compared.
 *
 * @throws {Error} if `deno fmt` cannot read one of them
 */
export async function unformattedNotebooks(
  paths: readonly string[],
  { root }: { readonly root: string },
): Promise<string[]> {
  if (paths.length === 0) return [];
  const folder = await Deno.makeTempDir({ prefix: "unrolled-format-" });
  try {
    const copyOf = (place: number) => join(folder, `${place}.ipynb`);
    await Promise.all(
      paths.map((path, place) => Deno.copyFile(resolve(root, path), copyOf(place))),
    );
    const config = join(root, "deno.json");
    const run = await runDeno(["fmt", "--quiet", "--config", config, folder], { cwd: root });
    if (!run.ok) throw new Error(`Cannot format the notebooks: ${run.stderr.trim()}`);
    const changed = await Promise.all(paths.map(async (path, place) => {
      const [before, after] = await Promise.all(
        [resolve(root, path), copyOf(place)].map((file) => Deno.readTextFile(file)),
      );
      return before !== after;
    }));
    return paths.filter((_, place) => changed[place]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

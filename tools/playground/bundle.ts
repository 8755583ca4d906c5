import { join } from "node:path";
import { runDeno } from "tools/test/run_deno.ts";

/**
 * A module with all that it imports as one classic script for the browser, by `deno bundle`.
 *
 * Deno fetches its bundler from npm once, then needs no network.
 *
 * @param module path from the root of the repository
 * @throws {Error} with the bundler's words, if it fails or the signal ends it
 */
export async function bundleForBrowser(
  module: string,
  { root, signal }: { root: string; signal?: AbortSignal },
): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "unrolled-" });
  try {
    const output = join(folder, "bundle.js");
    const options = ["--platform", "browser", "--format", "iife", "--minify", "--no-lock"];
    const config = ["--config", join(root, "deno.json")];
    const run = await runDeno(["bundle", ...config, ...options, "-o", output, module], {
      cwd: root,
      signal,
    });
    if (!run.ok) throw new Error(`Cannot bundle ${module}: ${run.stderr.trim()}`);
    return await Deno.readTextFile(output);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/**
 * `deno task test-browser`: the tests of `tests/browser/`, in a headless Chromium.
 *
 * @module
 */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium, noChromium } from "tools/browser/find_chromium.ts";
import { findNotebook, noNotebook } from "tools/browser/notebook_server.ts";
import { runDeno } from "tools/test/run_deno.ts";
import { jsrAnswers, writeTestConfig } from "tools/test/test_config.ts";

async function main(): Promise<number> {
  if (!findChromium(Deno.env.toObject())) {
    console.log(noChromium);
    return 0;
  }
  if (!findNotebook(Deno.env.toObject())) console.log(noNotebook);
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const config = await writeTestConfig(root, { standIn: !await jsrAnswers() });
  try {
    const chosen = Deno.args.length > 0 ? Deno.args : ["tests/browser/"];
    const command = ["test", "-A", "--no-check", "--config", config.path, ...chosen];
    return (await runDeno(command, { cwd: root, live: true })).code;
  } finally {
    await config.remove();
  }
}

if (import.meta.main) Deno.exit(await main());

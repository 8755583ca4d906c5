/**
 * `deno task test-browser [CHECK ...] [OPTION OF deno test ...]`: the checks of `tests/browser/`, in a
 * headless Chromium; all of them, or those named (`pages`, `playground`, ...).
 *
 * Their files are not called `_test`, so that no other command picks them up.
 *
 * @module
 */
import { dirname, join } from "node:path";
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
    const command = ["test", "-A", "--no-check", "--config", config.path, ...chosen(root)];
    return (await runDeno(command, { cwd: root, live: true })).code;
  } finally {
    await config.remove();
  }
}

function chosen(root: string): string[] {
  const files = [...Deno.readDirSync(join(root, "tests", "browser"))].map(({ name }) => name)
    .filter((name) => name.endsWith("_check.ts")).sort();
  const named = Deno.args.filter((one) => files.includes(`${one}_check.ts`));
  const wanted = named.length > 0 ? named.map((one) => `${one}_check.ts`) : files;
  const options = Deno.args.filter((one) => !named.includes(one));
  return [...wanted.map((file) => join("tests", "browser", file)), ...options];
}

if (import.meta.main) Deno.exit(await main());

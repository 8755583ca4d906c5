/**
 * Runs a program with the packages of `deno.dev.json`, which no first start fetches:
 * `deno run -A tools/with_dev_packages.ts PROGRAM [ARGUMENT ...]`.
 *
 * @module
 */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { runDeno } from "tools/test/run_deno.ts";
import { writeTestConfig } from "tools/test/test_config.ts";

if (import.meta.main) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const config = await writeTestConfig(root, { standIn: false });
  try {
    const command = ["run", "-A", "--config", config.path, ...Deno.args];
    Deno.exitCode = (await runDeno(command, { live: true })).code;
  } finally {
    await config.remove();
  }
}

/**
 * `deno task test-browser [CHECK ...] [--filter TEXT] [--fail-fast]`: the checks of `tests/browser/`, in a
 * headless Chromium; all of them, or those named (`pages`, `playground`, ...).
 *
 * Their files are not called `_test`, so that no other command picks them up.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandLine, UsageError } from "tools/command/command_line.ts";
import { findChromium, noChromium } from "tools/browser/find_chromium.ts";
import { findNotebook, noNotebook } from "tools/browser/notebook_server.ts";
import { runDeno } from "tools/test/run_deno.ts";
import { jsrAnswers, writeTestConfig } from "tools/test/test_config.ts";

const usage = `deno task test-browser [CHECK ...] [--filter TEXT] [--fail-fast]

Drives the pages, the playground and Jupyter Notebook in headless Chromium, where it is installed.

  CHECK ...        only these: ${checks().join(", ")}
  --filter TEXT    only tests with this in their names
  --fail-fast      stop at the first failure`;

async function main(): Promise<number> {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const wanted = commandLine({
    task: "test-browser",
    usage,
    options: { filter: { type: "string" }, "fail-fast": { type: "boolean" } },
    positionals: true,
    read: ({ values, positionals }) => [
      ...files(positionals),
      ...values.filter === undefined ? [] : [`--filter=${values.filter}`],
      ...values["fail-fast"] ? ["--fail-fast"] : [],
    ],
  });
  if (!findChromium(Deno.env.toObject())) {
    console.log(noChromium);
    return 0;
  }
  if (!findNotebook(Deno.env.toObject())) console.log(noNotebook);
  const config = await writeTestConfig(root, { standIn: !await jsrAnswers() });
  try {
    const command = ["test", "-A", "--no-check", "--config", config.path, ...wanted];
    return (await runDeno(command, { cwd: root, live: true })).code;
  } finally {
    await config.remove();
  }
}

function checks(): string[] {
  const folder = fileURLToPath(new URL("../tests/browser", import.meta.url));
  return [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith("_check.ts"))
    .map(({ name }) => name.replace("_check.ts", "")).sort();
}

function files(named: readonly string[]): string[] {
  const known = checks();
  const unknown = named.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`Cannot run ${unknown}: the checks are ${known.join(", ")}.`);
  }
  return (named.length > 0 ? named : known).map((name) =>
    join("tests", "browser", `${name}_check.ts`)
  );
}

if (import.meta.main) Deno.exit(await main());

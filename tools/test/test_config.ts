import { join } from "node:path";

const assertPackage = "https://jsr.io/@std/assert/meta.json";

/** The configuration that the checks run under, and how to remove it. */
export interface TestConfig {
  readonly path: string;
  readonly remove: () => Promise<void>;
}

/** Whether JSR answers, for the real `@std/assert`; a network that lets nothing through counts as no. */
export async function jsrAnswers(
  options: { url?: string; timeoutMilliseconds?: number } = {},
): Promise<boolean> {
  try {
    const response = await fetch(options.url ?? assertPackage, {
      signal: AbortSignal.timeout(options.timeoutMilliseconds ?? 4000),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/**
 * Writes a copy of `deno.json` beside it for the checks to run under: with the packages of `deno.dev.json`, which
 * only development needs and a first start does not fetch, and with `tests/standin/assert` in the place of
 * `jsr:@std/assert` where `standIn` asks for it. Imports in the tests stay as they are.
 *
 * The lockfile is a copy too, of `deno.dev.lock`: the pinned versions hold, and a check never edits the committed one.
 * @throws {Error} where `deno.json` cannot be read.
 */
export async function writeTestConfig(
  root: string,
  options: { standIn: boolean },
): Promise<TestConfig> {
  const config = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
  const development = await readIfThere(join(root, "deno.dev.json"));
  if (development) config.imports = { ...config.imports, ...development.imports };
  const name = `.deno.test-${Deno.pid}`;
  const written = [`${name}.json`];
  if (options.standIn) config.links = [...config.links ?? [], "./tests/standin/assert"];
  if (await copyIfThere(join(root, "deno.dev.lock"), join(root, `${name}.lock.json`))) {
    config.lock = { path: `./${name}.lock.json`, frozen: false };
    written.push(`${name}.lock.json`);
  }
  const path = join(root, `${name}.json`);
  await Deno.writeTextFile(path, JSON.stringify(config, null, 2) + "\n");
  return {
    path,
    remove: async () => {
      for (const file of written) await Deno.remove(join(root, file)).catch(() => {});
    },
  };
}

async function readIfThere(path: string): Promise<{ imports?: object } | undefined> {
  try {
    return JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function copyIfThere(from: string, to: string): Promise<boolean> {
  try {
    await Deno.copyFile(from, to);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

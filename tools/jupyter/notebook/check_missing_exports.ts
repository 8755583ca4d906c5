import type { ImportedName } from "tools/jupyter/kernel/kernel_setup.ts";
import { runDeno } from "tools/test/run_deno.ts";

/**
 * Of names that their modules do not hold at run time, those that are not types either, each with the compiler's words.
 *
 * The kernel turns imports into destructuring, so a missing name is silently `undefined`; so is a type, rightly.
 * A program of nothing but type imports is checked, which runs no code of the modules.
 */
export async function checkMissingExports(
  names: readonly ImportedName[],
  { cwd }: { cwd: string },
): Promise<string[]> {
  const program = names
    .map(({ specifier, name }, index) =>
      `import type { ${name} as T${index} } from ${JSON.stringify(specifier)};\n`
    )
    .join("");
  const { stderr } = await runDeno(["run", "--no-lock", "--check", "-"], { input: program, cwd });
  const complaint = /TS(?:2305|2724|2614|1192) \[ERROR\]: (.+)/g;
  return [...stderr.matchAll(complaint)].map(([, words]) => words);
}

/**
 * Runs the quick lecture on texts of many kinds and lengths: `deno task test-texts [NAME ...]`.
 *
 * Ends with a line for each text, and with exit code 1 if the lecture failed on any.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadCorpus } from "lib/text/corpus.ts";
import { readCatalogue } from "lib/text/corpus_catalogue.ts";
import { commandLine } from "tools/command/command_line.ts";
import { madeScripts, type MadeText, madeText } from "tools/test/made_texts.ts";
import { runDeno } from "tools/test/run_deno.ts";

const lengths = [500, 1000, 3000, 5000, 10_000];

/** Texts made in every script, cuts of the embedded one, and capitals. */
async function oddTexts(): Promise<MadeText[]> {
  const { text } = await loadCorpus();
  return [
    ...madeScripts.map((script) => ({ name: script, text: madeText(script, { bytes: 40_000 }) })),
    { name: "capitals", text: text.slice(0, 40_000).toUpperCase() },
    ...lengths.map((length) => ({ name: `first-${length}`, text: text.slice(0, length) })),
  ];
}

/** The catalogue's texts that are at hand, without the network. */
async function textsAtHand(): Promise<string[]> {
  const names: string[] = [];
  for (const { name } of await readCatalogue()) {
    const signal = AbortSignal.abort();
    if (await loadCorpus(name, { signal }).then(() => true, () => false)) names.push(name);
  }
  return names;
}

async function main(wanted: readonly string[]): Promise<number> {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const folder = await Deno.makeTempDir({ prefix: "unrolled-texts-" });
  try {
    const corpora = new Map((await textsAtHand()).map((name) => [name, name]));
    for (const { name, text } of await oddTexts()) {
      const path = join(folder, `${name}.txt`);
      await Deno.writeTextFile(path, text);
      corpora.set(name, path);
    }
    const unknown = wanted.filter((name) => !corpora.has(name));
    if (unknown.length > 0) {
      console.error(
        `No text is called ${unknown[0]}. There are: ${[...corpora.keys()].join(", ")}.`,
      );
      return 2;
    }
    const lines: string[] = [];
    for (const name of wanted.length > 0 ? wanted : corpora.keys()) {
      const options = ["--quick", "--corpus", corpora.get(name)!, "--out", join(folder, "out")];
      const run = await runDeno(["run", "-A", "tools/lecture.ts", ...options], { cwd: root });
      if (!run.ok) console.log(`${run.stdout}${run.stderr}`);
      lines.push(`${name}: ${run.ok ? "ok" : `exit code ${run.code}`}`);
      console.log(lines.at(-1));
    }
    console.log(`\n${lines.join("\n")}`);
    return lines.every((line) => line.endsWith(": ok")) ? 0 : 1;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  const wanted = commandLine({
    task: "test-texts",
    usage:
      "deno task test-texts [NAME ...]: the quick lecture on texts of many scripts and lengths",
    options: {},
    positionals: true,
    read: ({ positionals }) => positionals,
  });
  Deno.exit(await main(wanted));
}

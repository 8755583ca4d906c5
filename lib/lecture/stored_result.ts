import { markdownTable, showMarkdown, type TableValue } from "lib/lecture/markdown_display.ts";

/** A result that took too long to make live, read from the repository's `results/`. */
export interface StoredResultRecord<Values> {
  readonly name: string;
  /** The command that makes it anew. */
  readonly command: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly seeds: readonly number[];
  readonly versions: Readonly<Record<string, string>>;
  /** What computed it, such as the training engine. */
  readonly engine: string;
  /** Date of the run, as in 2026-11-22. */
  readonly madeOn: string;
  /** Wall time of the run. A timing: another run's differs. */
  readonly seconds: number;
  readonly values: Values;
}

/**
 * Reads `results/NAME.json`.
 *
 * @throws {Error} naming the file, if it is not there.
 */
export async function readStoredResult<Values>(name: string): Promise<StoredResultRecord<Values>> {
  const url = new URL(`../../results/${name}.json`, import.meta.url);
  try {
    return JSON.parse(await Deno.readTextFile(url));
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new Error(`Cannot read the stored result results/${name}.json: ${reason}`);
  }
}

/** What made a stored result, as a table in markdown. */
export function storedResultMarkdown(result: StoredResultRecord<unknown>): string {
  const { command, seeds, engine, madeOn, seconds, versions } = result;
  const rows: { name: string; value: TableValue }[] = [
    { name: "Made by", value: { code: command } },
    { name: "On", value: `${madeOn}, in ${Math.round(seconds)} s` },
    { name: "Seeds", value: seeds.join(", ") },
    { name: "Computed by", value: engine },
    {
      name: "Versions",
      value: Object.entries(versions).map((entry) => entry.join(" ")).join(", "),
    },
  ];
  return markdownTable(rows, { columns: { name: "Stored result", value: result.name } });
}

/** Shows what made a stored result. Outside a kernel nothing is shown. */
export async function showStoredResult(result: StoredResultRecord<unknown>): Promise<void> {
  await showMarkdown(storedResultMarkdown(result));
}

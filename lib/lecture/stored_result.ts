import { markdownTable, showMarkdown, type TableValue } from "lib/lecture/markdown_display.ts";
import { z } from "zod";

/** What made a result that took too long to make live, as the repository's `results/` keep it. */
const recordSchema = z.object({
  name: z.string(),
  /** The command that makes it anew. */
  command: z.string(),
  settings: z.record(z.string(), z.unknown()),
  seeds: z.array(z.number()),
  versions: z.record(z.string(), z.string()),
  /** What computed it, such as the training engine. */
  engine: z.string(),
  /** Date of the run, as in 2026-11-22. */
  madeOn: z.iso.date(),
  /** Wall time of the run. A timing: another run's differs. */
  seconds: z.number(),
  values: z.unknown(),
});

/** A result that took too long to make live, read from the repository's `results/`. */
export interface StoredResultRecord<Values> extends Readonly<z.infer<typeof recordSchema>> {
  readonly values: Values;
}

/**
 * Reads `results/NAME.json`. The form of its `values` is the caller's to know.
 *
 * @throws {Error} naming the file, if it is not there or does not say what made it.
 */
export async function readStoredResult<Values>(
  name: string,
  { folder = new URL("../../results/", import.meta.url) }: { folder?: URL } = {},
): Promise<StoredResultRecord<Values>> {
  try {
    const json = JSON.parse(await Deno.readTextFile(new URL(`${name}.json`, folder)));
    return recordSchema.parse(json) as StoredResultRecord<Values>;
  } catch (error) {
    const reason = error instanceof z.ZodError
      ? z.prettifyError(error)
      : error instanceof Error
      ? error.message
      : error;
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

import * as tf from "@tensorflow/tfjs";
import type { StoredResultRecord } from "lib/lecture/stored_result.ts";
import { writeFileAtomically } from "tools/lecture/write_file_atomically.ts";

/** A result that took too long to make live, with everything that made it. */
export interface StoredResult<Settings, Values>
  extends Omit<StoredResultRecord<Values>, "settings"> {
  readonly settings: Settings;
}

/** Folder of the stored results, from anywhere. */
export const RESULTS_FOLDER = new URL("../../results/", import.meta.url);

/** Adds versions and date to a result and stores it as `results/NAME.json`. */
export async function storeResult<Settings, Values>(
  result: Omit<StoredResult<Settings, Values>, "versions" | "madeOn">,
): Promise<StoredResult<Settings, Values>> {
  const stored: StoredResult<Settings, Values> = {
    ...result,
    seconds: Math.round(result.seconds * 10) / 10,
    versions: { deno: Deno.version.deno, tfjs: tf.version.tfjs, v8: Deno.version.v8 },
    madeOn: new Date().toISOString().slice(0, 10),
  };
  const path = new URL(`${result.name}.json`, RESULTS_FOLDER);
  await writeFileAtomically(path.pathname, JSON.stringify(stored, null, 2) + "\n");
  return stored;
}

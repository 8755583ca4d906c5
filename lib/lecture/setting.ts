import * as tf from "@tensorflow/tfjs";
import { type BackendChoice, type BackendName, useBackend } from "lib/kernels/backend.ts";
import { sendDisplay } from "lib/lecture/display_message.ts";
import { markdownTable } from "lib/lecture/markdown_display.ts";

/** The mime type of a notebook's setting. */
export const settingMime = "application/vnd.unrolled.setting+json";

/** What a notebook starts from. */
export interface LectureSetting {
  readonly question: string;
  readonly seed: number;
  readonly corpusName: string;
  readonly quick: boolean;
  /** The backend obtained. */
  readonly backend: BackendName;
  /** Says why, where it is not the one asked for. */
  readonly backendNote: string;
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Opens a lecture notebook: starts the backend, and shows what the measurements are made with.
 *
 * @throws {Error} if no backend starts
 * @throws {RangeError} if the seed is not an integer
 */
export async function openLecture(
  { question, seed, corpusName, quick, backend = "wasm" }: {
    question: string;
    seed: number;
    corpusName: string;
    quick: boolean;
    backend?: BackendChoice;
  },
): Promise<LectureSetting> {
  if (!Number.isInteger(seed)) {
    throw new RangeError(`Cannot open the lecture: the seed must be an integer, got ${seed}`);
  }
  const { obtained, note } = await useBackend(backend);
  const versions = {
    deno: Deno.version.deno,
    tfjs: tf.version.tfjs,
    typescript: Deno.version.typescript,
    v8: Deno.version.v8,
  };
  const setting: LectureSetting = {
    question,
    seed,
    corpusName,
    quick,
    backend: obtained,
    backendNote: note,
    versions,
  };
  const markdown = settingMarkdown(setting);
  await sendDisplay({
    [settingMime]: { ...setting, corpus: corpusName },
    "text/markdown": markdown,
    "text/plain": markdown,
  });
  return setting;
}

/** A setting as a table in markdown. */
export function settingMarkdown(setting: LectureSetting): string {
  const rows = [
    { name: "Question", value: setting.question },
    { name: "Corpus", value: setting.corpusName },
    { name: "Seed", value: String(setting.seed) },
    { name: "Budget", value: setting.quick ? "quick: a first look" : "full" },
    { name: "Backend", value: `tfjs ${setting.backendNote}` },
    {
      name: "Versions",
      value: Object.entries(setting.versions).map(([name, value]) => `${name} ${value}`).join(", "),
    },
  ];
  return markdownTable(rows, { columns: { name: "Setting", value: "Value" } });
}

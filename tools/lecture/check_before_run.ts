import { join, resolve } from "node:path";
import { lectureText } from "lib/lecture/lecture_text.ts";
import { loadCorpus as loadFromLibrary } from "lib/text/corpus.ts";
import { readCatalogue } from "lib/text/corpus_catalogue.ts";
import { UsageError } from "tools/command/command_line.ts";
import type { LectureOptions } from "tools/lecture/lecture_options.ts";

/** What the checks are done with. */
export interface CheckOptions {
  readonly signal?: AbortSignal;
  /** Reads a text; `lib`'s own unless told. */
  readonly loadCorpus?: typeof loadFromLibrary;
}

/**
 * Looks at all that can be wrong with what a run was asked for, before its first kernel starts, and resolves with the
 * corpus as a notebook can be told it: a name of the catalogue, or a whole path, for a kernel runs in its notebook's
 * folder. A text that has to be downloaded is downloaded here.
 *
 * @throws {UsageError} if `--out` cannot be written to, or `--corpus` cannot be had or serve as a text.
 */
export async function checkBeforeRun(
  { out, corpus, store }: Pick<LectureOptions, "out" | "corpus" | "store">,
  { signal, loadCorpus = loadFromLibrary }: CheckOptions = {},
): Promise<{ corpusName?: string }> {
  await checkFolder(out);
  if (corpus === undefined) return {};
  const isName = (await readCatalogue()).some(({ name }) => name === corpus);
  if (store && !isName) {
    throw new UsageError(
      `Cannot use --store with --corpus ${corpus}: it keeps the claims of another text of the catalogue in data/, by its name.`,
    );
  }
  try {
    // The gate of the notebooks: what passes it, they run to the end on.
    void lectureText(await loadCorpus(corpus, { signal }));
  } catch (error) {
    // Ctrl-C during a download is no fault of the command line.
    if (signal?.aborted) return {};
    throw new UsageError(`Cannot use --corpus ${corpus}. ${(error as Error).message}`);
  }
  return { corpusName: isName ? corpus : resolve(corpus) };
}

async function checkFolder(out: string): Promise<void> {
  const probe = join(out, `.writable-${crypto.randomUUID()}`);
  try {
    await Deno.mkdir(out, { recursive: true });
    await Deno.writeTextFile(probe, "");
    await Deno.remove(probe);
  } catch (error) {
    throw new UsageError(`Cannot use --out ${out}: ${(error as Error).message}.`);
  }
}

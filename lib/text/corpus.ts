import { type CatalogueEntry, DATA_FOLDER, readCatalogue } from "lib/text/corpus_catalogue.ts";
import {
  defaultCacheFolder,
  downloadBytes,
  type DownloadProgress,
  sha256Hex,
  writeWhole,
} from "lib/text/corpus_download.ts";
import { countCharacters, decodeText, readTextBytes } from "lib/text/corpus_file.ts";

/** A text to learn from, and where it comes from. */
export interface Corpus {
  /** Its name in the catalogue, or the path it was read from. */
  name: string;
  title: string;
  /** Without byte order mark; lines end with LF. */
  text: string;
  source: string;
  licence: string;
  /** Of the file's bytes. */
  sha256: string;
  /** Unicode code points of the text. */
  characters: number;
}

/** Settings of `loadCorpus`; all have a default. */
export interface LoadCorpusOptions {
  /** Called while a corpus is downloaded. */
  onProgress?: (progress: DownloadProgress) => void;
  /** Stops a download. */
  signal?: AbortSignal;
  /** Looked up first, for a file NAME.txt; the folder that `UNROLLED_CORPORA` names unless told. */
  corporaFolder?: string;
  /** Where downloads are kept; the user's cache folder unless told. */
  cacheFolder?: string;
  /** The known corpora; those of `data/catalogue.json` unless told. */
  catalogue?: readonly CatalogueEntry[];
}

/**
 * A corpus by its name in the catalogue, or any UTF-8 text file by its path.
 *
 * A corpus with a file in `data/` is read from there. A downloadable one is looked up as NAME.txt in the
 * folder that the environment variable `UNROLLED_CORPORA` names (a relative one from the working
 * directory, then from the project's root), then in the cache, and else fetched and cached. Its SHA-256
 * must be the catalogue's; a damaged file in the cache is fetched again.
 *
 * @throws {Error} if there is no such name or file, the bytes are not those of the catalogue, the text is
 * not UTF-8 (with the place), or it holds fewer than 2 characters.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { loadCorpus } from "lib/text/corpus.ts";
 * const corpus = await loadCorpus(); // the embedded one: no network
 * assert(corpus.characters >= 120_000);
 * ```
 */
export async function loadCorpus(
  nameOrPath = "embedded",
  options: LoadCorpusOptions = {},
): Promise<Corpus> {
  const catalogue = options.catalogue ?? await readCatalogue();
  const entry = catalogue.find(({ name }) => name === nameOrPath);
  if (entry === undefined) return await userCorpus(nameOrPath, catalogue);
  const bytes = entry.file === undefined
    ? await downloadableBytes(entry, options)
    : await checked(await readTextBytes(new URL(entry.file, DATA_FOLDER)), entry, entry.file);
  const text = decodeText(bytes, `corpus ${JSON.stringify(entry.name)}`);
  const { name, title, source, licence, sha256 } = entry;
  return { name, title, text, source, licence, sha256, characters: countCharacters(text) };
}

async function userCorpus(path: string, catalogue: readonly CatalogueEntry[]): Promise<Corpus> {
  const shown = JSON.stringify(path);
  if (await isMissing(path)) {
    const names = catalogue.map(({ name }) => name).join(", ");
    throw new Error(
      `Cannot load corpus ${shown}: it is neither a file nor one of the names ${names}.`,
    );
  }
  const bytes = await readTextBytes(path);
  const text = decodeText(bytes, `corpus ${shown}`);
  return {
    name: path,
    title: path.split(/[\\/]/).at(-1)!,
    text,
    source: path,
    licence: "the user's own file",
    sha256: await sha256Hex(bytes),
    characters: countCharacters(text),
  };
}

async function downloadableBytes(
  entry: CatalogueEntry,
  options: LoadCorpusOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  for (const place of corporaPlaces(entry, options)) {
    if (await exists(place)) {
      return await checked(await readTextBytes(place), entry, place.toString());
    }
  }
  const cached = `${options.cacheFolder ?? defaultCacheFolder()}/${entry.name}.txt`;
  if (await exists(cached)) {
    const bytes = await readTextBytes(cached);
    if (await sha256Hex(bytes) === entry.sha256) return bytes;
  }
  const fetched = await downloadBytes(entry.source, options);
  const bytes = await checked(fetched, entry, entry.source);
  await writeWhole(cached, bytes);
  return bytes;
}

/** Where the user may keep the corpus: a notebook's working directory is not the project's root. */
function corporaPlaces(entry: CatalogueEntry, options: LoadCorpusOptions): (string | URL)[] {
  const folder = options.corporaFolder ?? Deno.env.get("UNROLLED_CORPORA");
  if (folder === undefined || folder === "") return [];
  const path = `${folder}/${entry.name}.txt`;
  const absolute = /^([\\/]|[A-Za-z]:)/.test(folder);
  return absolute ? [path] : [path, new URL(path, new URL("..", DATA_FOLDER))];
}

async function checked(
  bytes: Uint8Array<ArrayBuffer>,
  entry: CatalogueEntry,
  origin: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const sha256 = await sha256Hex(bytes);
  if (sha256 !== entry.sha256) {
    throw new Error(
      `Cannot load corpus ${
        JSON.stringify(entry.name)
      }: the ${bytes.length} bytes of ${origin} have ` +
        `SHA-256 ${sha256}, the catalogue says ${entry.sha256}.`,
    );
  }
  return bytes;
}

async function exists(path: string | URL): Promise<boolean> {
  return !await isMissing(path);
}

/** Whether there is nothing: what is there and cannot be reached is for the reader of files to explain. */
async function isMissing(path: string | URL): Promise<boolean> {
  try {
    await Deno.stat(path);
    return false;
  } catch (error) {
    return error instanceof Deno.errors.NotFound;
  }
}

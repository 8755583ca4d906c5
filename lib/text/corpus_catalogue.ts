/** One corpus the lab knows by name. */
export interface CatalogueEntry {
  name: string;
  title: string;
  author: string;
  /** Year of first publication, as printed. */
  year: number | string;
  licence: string;
  /** Where it comes from: for a downloadable corpus the address of the file itself. */
  source: string;
  /** The file in `data/` that holds it; absent if it is to be downloaded. */
  file?: string;
  bytes: number;
  /** Unicode code points once decoded. */
  characters: number;
  /** Of the bytes, in lower-case hexadecimal. */
  sha256: string;
  description: string;
}

/** The project's `data/` folder, found from this file: a notebook's working directory is another. */
export const DATA_FOLDER = new URL("../../data/", import.meta.url);

/**
 * The corpora of `data/catalogue.json`.
 *
 * @throws {Error} if the catalogue cannot be read, or an entry lacks a field.
 */
export async function readCatalogue(
  catalogueUrl = new URL("catalogue.json", DATA_FOLDER),
): Promise<CatalogueEntry[]> {
  const content = JSON.parse(await Deno.readTextFile(catalogueUrl));
  const entries: Partial<CatalogueEntry>[] = Array.isArray(content) ? content : content.corpora;
  if (!Array.isArray(entries)) {
    throw new Error(`Cannot read the corpus catalogue: ${catalogueUrl} holds no list of corpora.`);
  }
  return entries.map((entry, place) => {
    for (const field of ["name", "title", "source", "licence", "sha256"] as const) {
      if (typeof entry[field] !== "string") {
        throw new Error(
          `Cannot read the corpus catalogue: entry ${place} (${entry.name}) has no ${field}.`,
        );
      }
    }
    return entry as CatalogueEntry;
  });
}

import { z } from "zod";

const entrySchema = z.object({
  name: z.string(),
  title: z.string(),
  licence: z.string(),
  author: z.string(),
  /** Year of first publication, as printed. */
  year: z.union([z.number(), z.string()]),
  /** Where it comes from: for a downloadable corpus the address of the file itself. */
  source: z.string(),
  /** The file in `data/` that holds it; absent if it is to be downloaded. */
  file: z.string().optional(),
  bytes: z.number().int().positive(),
  /** Unicode code points once decoded. */
  characters: z.number().int().positive(),
  /** Of the bytes, in lower-case hexadecimal. */
  sha256: z.string(),
  description: z.string(),
});

/** One corpus the lab knows by name. */
export type CatalogueEntry = z.infer<typeof entrySchema>;

/** The project's `data/` folder, found from this file: a notebook's working directory is another. */
export const DATA_FOLDER = new URL("../../data/", import.meta.url);

/**
 * The corpora of `data/catalogue.json`.
 *
 * @throws {Error} if the catalogue cannot be read, or a field of an entry is missing or of another type.
 */
export async function readCatalogue(
  catalogueUrl = new URL("catalogue.json", DATA_FOLDER),
): Promise<CatalogueEntry[]> {
  const content: unknown = JSON.parse(await Deno.readTextFile(catalogueUrl));
  if (!Array.isArray(content)) {
    throw new Error(`Cannot read the corpus catalogue: ${catalogueUrl} holds no list of corpora.`);
  }
  return content.map((entry, place) => {
    const { data, error } = entrySchema.safeParse(entry);
    if (data) return data;
    const [{ path, message }] = error.issues;
    throw new Error(
      `Cannot read the corpus catalogue: entry ${place} (${entry?.name}) has no ${
        path.join(".") || "fields"
      }: ${message}.`,
    );
  });
}

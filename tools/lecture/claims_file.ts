import { z } from "zod";
import { writeFileAtomically } from "tools/lecture/write_file_atomically.ts";

/** The record that a notebook's claim leaves in its outputs, under this mime type. */
export const claimMime = "application/vnd.unrolled.claim+json";

const verdict = z.enum(["supported", "refuted", "qualified"]);

/** A measured claim. `runs` counts the runs behind `value`; `spread` is their range. */
export const claimSchema = z.object({
  id: z.string().min(1),
  statement: z.string(),
  prediction: z.string(),
  value: z.number(),
  unit: z.string(),
  condition: z.string(),
  verdict,
  exact: z.boolean(),
  runs: z.union([z.number().int().nonnegative(), z.array(z.number())]),
  spread: z.tuple([z.number(), z.number()]).nullable(),
});

/** What the claims were measured with. */
export const settingsSchema = z.object({
  corpus: z.string().nullable(),
  seed: z.number().nullable(),
  backend: z.string().nullable(),
  versions: z.record(z.string(), z.string()),
  quick: z.boolean(),
});

/** The whole of `claims.json`. */
export const claimsFileSchema = settingsSchema.extend({ claims: z.array(claimSchema) });

export type Verdict = z.infer<typeof verdict>;
export type ClaimRecord = z.infer<typeof claimSchema>;
export type LectureSettings = z.infer<typeof settingsSchema>;
export type ClaimsFile = z.infer<typeof claimsFileSchema>;

/**
 * Reads a claims file.
 *
 * @throws {Error} if the file is missing, is not JSON, or does not hold claims; the message names the file and the place in it.
 */
export async function readClaimsFile(path: string): Promise<ClaimsFile> {
  let json: unknown;
  try {
    json = JSON.parse(await Deno.readTextFile(path));
  } catch (error) {
    throw new Error(`Cannot read the claims in ${path}: ${(error as Error).message}`);
  }
  const parsed = claimsFileSchema.safeParse(json);
  if (!parsed.success) {
    throw new Error(`Cannot read the claims in ${path}: ${describeIssues(parsed.error)}`);
  }
  return parsed.data;
}

/** Writes a claims file so that it is at every moment the old one or the new one. */
export async function writeClaimsFile(path: string, claims: ClaimsFile): Promise<void> {
  await writeFileAtomically(path, JSON.stringify(claims, undefined, 2) + "\n");
}

/** What zod found wrong, in one line. */
export function describeIssues(error: z.ZodError): string {
  return error.issues.slice(0, 3)
    .map((issue) => `${issue.path.map(String).join(".") || "top level"}: ${issue.message}`)
    .join("; ");
}

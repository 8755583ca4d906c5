import { claimMime } from "lib/lecture/claim_display.ts";
import { storedClaimsPath } from "lib/lecture/stored_claims.ts";
import { z } from "zod";
import { writeFileAtomically } from "tools/lecture/write_file_atomically.ts";

export { claimMime };

/** Where the committed claims lie, from the root of the repository. */
export const committedClaimsPath = storedClaimsPath("embedded");

export { storedClaimsPath };

/** JSON has no infinity and no NaN: the lecture writes them as words. */
const recordedNumber = z.union([z.number(), z.enum(["Infinity", "-Infinity", "NaN"])]);

const verdict = z.enum(["supported", "refuted", "qualified"]);

/** A measured claim. `runs` counts the runs behind `value`, their median; `spread` is their range. */
export const claimSchema = z.object({
  id: z.string().min(1),
  statement: z.string(),
  prediction: z.string(),
  value: recordedNumber,
  unit: z.string(),
  condition: z.string(),
  verdict,
  exact: z.boolean(),
  runs: z.number().int().positive(),
  spread: z.tuple([recordedNumber, recordedNumber]).nullable(),
});

/** What a notebook's output says of a claim beyond what goes into `claims.json`. */
export const shownClaimSchema = claimSchema.extend({
  reason: z.string().optional(),
  qualification: z.object({
    statement: z.string(),
    value: recordedNumber,
    unit: z.string(),
    condition: z.string(),
    holds: z.boolean(),
  }).nullish(),
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
export type ShownClaim = z.infer<typeof shownClaimSchema>;
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

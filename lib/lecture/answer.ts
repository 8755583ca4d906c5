import type { Claim, Verdict } from "lib/lecture/claim.ts";
import { measurementText, verdictSigns } from "lib/lecture/claim_text.ts";
import { sendDisplay } from "lib/lecture/display_message.ts";

/** The mime type of a notebook's assembled answer. */
export const answerMime = "application/vnd.unrolled.answer+json";

/**
 * Shows the answer to a question, put together from its measured claims.
 *
 * Outside a kernel nothing is shown.
 *
 * @throws {RangeError} if there are no claims
 */
export async function showAnswer(question: string, claims: readonly Claim[]): Promise<void> {
  const markdown = answerMarkdown(question, claims);
  const ids = claims.map(({ id }) => id);
  await sendDisplay({
    [answerMime]: {
      question,
      claims: ids,
      counts: countVerdicts(claims),
      summary: summary(claims),
    },
    "text/markdown": markdown,
    "text/plain": markdown,
  });
}

/**
 * The answer in markdown: a count of verdicts, then each claim with its verdict and measurement.
 *
 * @throws {RangeError} if there are no claims
 */
export function answerMarkdown(question: string, claims: readonly Claim[]): string {
  if (!claims.length) throw new RangeError(`Cannot answer "${question}": no claim was measured`);
  const sentences = claims.map((claim) => {
    const { id, verdict, statement, qualification } = claim;
    const limit = verdict === "qualified"
      ? ` — the limit: ${qualification?.holds ? qualification.statement : claim.reason}`
      : "";
    const outcome = claim.value === null
      ? `Not measured: ${claim.reason}`
      : `Measured: ${measurementText(claim)}`;
    // The statement stands as it was predicted; the sign and the word before it say what came of it.
    return `- ${verdictSigns[verdict]} **${id} ${verdict}:** ${
      statement.replace(/\.$/, "")
    }${limit}. ${outcome}.`;
  });
  return [`**${question}**`, "", summary(claims), "", ...sentences].join("\n");
}

/** How many claims came out with each verdict. */
export function countVerdicts(claims: readonly Claim[]): Record<Verdict, number> {
  const counts = { supported: 0, qualified: 0, refuted: 0, "not applicable": 0 };
  for (const { verdict } of claims) counts[verdict]++;
  return counts;
}

function summary(claims: readonly Claim[]): string {
  const { "not applicable": leftOut, ...counts } = countVerdicts(claims);
  const measured = claims.length - leftOut;
  const found = Object.entries(counts).filter(([, count]) => count > 0)
    .map(([verdict, count]) => `${count} ${verdict}`);
  return `Of ${measured} ${measured === 1 ? "claim" : "claims"} measured: ${
    found.join(", ") || "none"
  }${leftOut > 0 ? `; not applicable to this text: ${leftOut}` : ""}.`;
}

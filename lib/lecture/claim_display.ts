import type { Claim } from "lib/lecture/claim.ts";
import { claimMarkdown, claimPlainText } from "lib/lecture/claim_text.ts";
import { sendDisplay } from "lib/lecture/display_message.ts";
import { type Guesses, guessText } from "lib/lecture/guess_scores.ts";
import { showMarkdown } from "lib/lecture/markdown_display.ts";

/** The mime type under which a notebook's outputs hold its claims. */
export const claimMime = "application/vnd.unrolled.claim+json";

/**
 * Shows a decided claim, with its record beside it for the runner that collects `claims.json`.
 *
 * Where the reader has guessed its value, a second display says how near that came. Outside a kernel nothing is shown.
 *
 * @throws {RangeError} if the guess is not a number
 */
export async function showClaim(claim: Claim, guesses: Readonly<Guesses> = {}): Promise<void> {
  await sendDisplay({
    [claimMime]: { ...claim },
    "text/markdown": claimMarkdown(claim),
    "text/plain": claimPlainText(claim),
  });
  const guessed = guessText(guesses, claim);
  if (guessed !== undefined) await showMarkdown(guessed);
}

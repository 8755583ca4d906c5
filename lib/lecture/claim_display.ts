import type { Claim } from "lib/lecture/claim.ts";
import { claimMarkdown, claimPlainText } from "lib/lecture/claim_text.ts";
import { sendDisplay } from "lib/lecture/display_message.ts";

/** The mime type under which a notebook's outputs hold its claims. */
export const claimMime = "application/vnd.unrolled.claim+json";

/**
 * Shows a decided claim, with its record beside it for the runner that collects `claims.json`.
 *
 * Outside a kernel nothing is shown.
 */
export async function showClaim(claim: Claim): Promise<void> {
  await sendDisplay({
    [claimMime]: { ...claim },
    "text/markdown": claimMarkdown(claim),
    "text/plain": claimPlainText(claim),
  });
}

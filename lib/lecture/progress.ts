import { sendDisplay } from "lib/lecture/display_message.ts";

/** A line of text in the notebook that changes while something runs. */
export interface Progress {
  /** Shows a new text; drops it if the last one is younger than `everyMs`. */
  update(text: string): Promise<void>;
  /** Shows the text that stays. */
  finish(text: string): Promise<void>;
}

/**
 * Starts a line of progress under the cell.
 *
 * Outside a kernel nothing is shown. The text that stays must not hold a timing, or a rerun would
 * change the notebook.
 */
export async function startProgress(
  text: string,
  { everyMs = 250 }: { everyMs?: number } = {},
): Promise<Progress> {
  const displayId = crypto.randomUUID();
  let last = performance.now();
  const show = (shown: string, update: boolean) =>
    sendDisplay({ "text/markdown": shown, "text/plain": shown }, {
      displayId,
      update,
      settle: false,
    });
  await show(text, false);
  return {
    async update(next) {
      if (performance.now() - last < everyMs) return;
      last = performance.now();
      await show(next, true);
    },
    async finish(next) {
      await sendDisplay({ "text/markdown": next, "text/plain": next }, {
        displayId,
        update: true,
      });
    },
  };
}

/** "120 of 400 (30 %)", with the seconds left at the present pace once there is one. */
export function progressText(
  { done, total, elapsedSeconds }: { done: number; total?: number; elapsedSeconds: number },
): string {
  if (total === undefined) return `${done}`;
  const share = `${done} of ${total} (${Math.round(100 * done / total)} %)`;
  const left = done > 0 ? elapsedSeconds * (total - done) / done : Infinity;
  return Number.isFinite(left) && done < total
    ? `${share}, about ${Math.ceil(left)} s left`
    : share;
}

/** Representations of one thing, by mime type; a client shows the richest it knows. */
export type DisplayBundle = Record<string, string | Record<string, unknown>>;

/** A display as it went out, or as it would have. */
export interface DisplayMessage {
  type: "display_data" | "update_display_data";
  data: DisplayBundle;
  displayId?: string;
}

/** The most characters of JSON in one message. From 8 MB on the Deno kernel corrupts its stream. */
export const messageLimit = 2_000_000;

// Ordinary clients (nbclient, papermill) stop listening when the cell is idle, and the Deno kernel
// says so before its outputs are out: a cell that ends this much later keeps them.
const settleMilliseconds = 25;

/** The variable by which a client says that it waits for outputs itself, as our runner does. */
export const clientWaitsVariable = "UNROLLED_CLIENT_WAITS";

let recorded: DisplayMessage[] | undefined;

/**
 * Sends a display to the notebook; outside a kernel it does nothing.
 *
 * @param options.displayId names the display, so that a later message can replace it
 * @param options.update replace what was displayed under `displayId`
 * @param options.settle wait until ordinary clients have it; true unless told
 * @throws {RangeError} if the message is over 2 MB
 */
export async function sendDisplay(
  data: DisplayBundle,
  { displayId, update = false, settle = true }: {
    displayId?: string;
    update?: boolean;
    settle?: boolean;
  } = {},
): Promise<void> {
  const size = JSON.stringify(data).length;
  if (size > messageLimit) {
    throw new RangeError(
      `Cannot display ${Object.keys(data)[0]}: the message has ${size} characters, ` +
        `the kernel is safe up to ${messageLimit}`,
    );
  }
  const type = update ? "update_display_data" : "display_data";
  if (recorded) {
    recorded.push({ type, data, ...(displayId !== undefined && { displayId }) });
    return;
  }
  const broadcast = kernelBroadcast();
  if (!broadcast) return;
  const transient = displayId === undefined ? {} : { display_id: displayId };
  await broadcast(type, { data, metadata: {}, transient });
  if (settle && !Deno.env.has(clientWaitsVariable)) {
    await new Promise((resolve) => setTimeout(resolve, settleMilliseconds));
  }
}

/** Whether displays go anywhere: to a kernel's clients, or to a recorder. */
export function isDisplaying(): boolean {
  return recorded !== undefined || kernelBroadcast() !== undefined;
}

/**
 * What `run` displays, as records and not in the notebook: for tests, and for notebooks about displays.
 *
 * @throws whatever `run` throws
 */
export async function recordDisplays(run: () => Promise<unknown>): Promise<DisplayMessage[]> {
  const outer = recorded;
  const messages: DisplayMessage[] = [];
  recorded = messages;
  try {
    await run();
  } finally {
    recorded = outer;
  }
  return messages;
}

function kernelBroadcast(): typeof Deno.jupyter.broadcast | undefined {
  try {
    // Reading Deno.jupyter throws outside a kernel, and a browser has no Deno.
    return Deno.jupyter.broadcast;
  } catch {
    return undefined;
  }
}

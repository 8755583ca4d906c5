import { createMessage, decodeMessage, encodeMessage } from "tools/jupyter/wire/kernel_message.ts";
import { ZmtpSocket } from "tools/jupyter/wire/zmtp_socket.ts";

/** Both ends of a kernel's control channel, and what stands between them. */
export interface ControlRelay {
  /** Where clients connect. */
  readonly listener: Deno.TcpListener;
  /** Where the kernel listens. */
  readonly kernel: { readonly hostname: string; readonly port: number };
  /** Signs the messages. */
  readonly key: string;
  /** What to do at an interrupt, before we answer it. */
  readonly interrupt: () => Promise<void>;
}

/**
 * Hands everything on between clients and a kernel's control channel, but for interrupts: these are
 * answered here. Ends with the listener.
 */
export async function relayControl({ listener, ...relay }: ControlRelay): Promise<void> {
  for await (const connection of listener) {
    // A client that talks rubbish, or leaves, is no concern of the others.
    relayClient(connection, relay).catch(() => {});
  }
}

async function relayClient(
  connection: Deno.TcpConn,
  { kernel: address, key, interrupt }: Omit<ControlRelay, "listener">,
): Promise<void> {
  using client = await ZmtpSocket.accept(connection);
  using kernel = await ZmtpSocket.connect({ ...address, socketType: "DEALER" });
  const fromClient = forEachMessage(client, async (frames) => {
    const request = readInterrupt(frames, key);
    if (!request) return await kernel.send(frames);
    await interrupt();
    await client.send(interruptReply(request, key));
  });
  const fromKernel = forEachMessage(kernel, (frames) => client.send(frames));
  await Promise.race([fromClient, fromKernel]);
}

/** Reads on while a message is handled: to stop a cell takes a moment. */
async function forEachMessage(
  socket: ZmtpSocket,
  handle: (frames: Uint8Array[]) => Promise<void>,
): Promise<void> {
  for (let frames; (frames = await socket.receive());) handle(frames).catch(() => socket.close());
}

/** The message, if it is an interrupt; the kernel judges what cannot be read. */
function readInterrupt(frames: Uint8Array[], key: string) {
  try {
    const message = decodeMessage(frames, key);
    return message.header.msg_type === "interrupt_request" ? message : undefined;
  } catch {
    return undefined;
  }
}

function interruptReply({ header }: ReturnType<typeof decodeMessage>, key: string): Uint8Array[] {
  const { session } = header;
  const message = createMessage("interrupt_reply", { content: { status: "ok" }, session });
  return encodeMessage({ ...message, parentHeader: header }, key);
}

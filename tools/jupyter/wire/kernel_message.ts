import { createHmac, timingSafeEqual } from "node:crypto";

/** A message of the Jupyter protocol; source: https://jupyter-client.readthedocs.io/en/stable/messaging.html */
export interface KernelMessage {
  readonly header: MessageHeader;
  /** The header of the request that caused this message; empty if none did. */
  readonly parentHeader: Partial<MessageHeader>;
  readonly metadata: Record<string, unknown>;
  // deno-lint-ignore no-explicit-any -- its shape depends on the message's type; the readers check what they use
  readonly content: Record<string, any>;
}

/** Who sent a message, and what it is. */
export interface MessageHeader {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

/** A message that cannot be the kernel's: wrongly signed, or not of the protocol's form. */
export class MessageError extends Error {
  override name = "MessageError";
}

const delimiter = "<IDS|MSG>";

/** A request of ours, with a new id. */
export function createMessage(
  messageType: string,
  { content, session }: { content: Record<string, unknown>; session: string },
): KernelMessage {
  return {
    header: {
      msg_id: crypto.randomUUID(),
      msg_type: messageType,
      session,
      username: "unrolled",
      date: new Date().toISOString(),
      version: "5.3",
    },
    parentHeader: {},
    metadata: {},
    content,
  };
}

/** The frames of a message, signed with the connection's key (HMAC-SHA256 over the four JSON parts). */
export function encodeMessage(message: KernelMessage, key: string): Uint8Array[] {
  const encoder = new TextEncoder();
  const parts = [message.header, message.parentHeader, message.metadata, message.content]
    .map((part) => encoder.encode(JSON.stringify(part)));
  return [encoder.encode(delimiter), encoder.encode(sign(parts, key)), ...parts];
}

/**
 * The message in some frames, its signature checked.
 *
 * @throws {MessageError} if the frames are not a message of the protocol, or the signature is not the key's.
 */
export function decodeMessage(frames: readonly Uint8Array[], key: string): KernelMessage {
  const decoder = new TextDecoder();
  // Routing identities or a topic may come before the delimiter.
  const start = frames.findIndex((frame) =>
    frame.length === delimiter.length && decoder.decode(frame) === delimiter
  );
  if (start < 0 || frames.length < start + 6) {
    throw new MessageError(`Cannot read a message: ${frames.length} frames without its form`);
  }
  const parts = frames.slice(start + 2, start + 6);
  const expected = new TextEncoder().encode(sign(parts, key));
  const signature = frames[start + 1];
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
    throw new MessageError("Cannot accept a message: its signature is not the kernel's");
  }
  const [header, parentHeader, metadata, content] = parts.map((part) => {
    try {
      return JSON.parse(decoder.decode(part));
    } catch {
      throw new MessageError("Cannot read a message: a part of it is not JSON");
    }
  });
  if (typeof header?.msg_type !== "string" || typeof header.msg_id !== "string") {
    throw new MessageError("Cannot read a message: its header names no type or id");
  }
  return {
    header,
    parentHeader: parentHeader ?? {},
    metadata: metadata ?? {},
    content: content ?? {},
  };
}

function sign(parts: readonly Uint8Array[], key: string): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

import { assertEquals, assertThrows } from "@std/assert";
import {
  createMessage,
  decodeMessage,
  encodeMessage,
  MessageError,
} from "tools/jupyter/wire/kernel_message.ts";

const text = (frame: Uint8Array) => new TextDecoder().decode(frame);
const bytes = (text: string) => new TextEncoder().encode(text);
const message = createMessage("execute_request", { content: { code: "1 + 1" }, session: "s" });

Deno.test("encodeMessage() signs header, parent, metadata and content with HMAC-SHA256", () => {
  const fixed = {
    header: { ...message.header, msg_id: "1", date: "2024-01-01T00:00:00Z" },
    parentHeader: {},
    metadata: {},
    content: {},
  };
  const frames = encodeMessage(fixed, "key").map(text);
  assertEquals(frames.slice(3), ["{}", "{}", "{}"]);
  assertEquals(frames[0], "<IDS|MSG>");
  // Python: hmac.new(b"key", header + b"{}{}{}", "sha256").hexdigest()
  assertEquals(frames[1], "0125cb98781cbc1ca50533530f211bfb45e4cadc0814bc392f3470a826714a92");
});

Deno.test("decodeMessage() returns what encodeMessage() was given, after any routing identities", () => {
  const frames = encodeMessage(message, "key");
  assertEquals(decodeMessage(frames, "key"), message);
  assertEquals(decodeMessage([bytes("identity"), bytes("topic"), ...frames], "key"), message);
});

Deno.test("decodeMessage() rejects a message signed with another key, or changed after signing", () => {
  const frames = encodeMessage(message, "key");
  const says = "its signature is not the kernel's";
  assertThrows(() => decodeMessage(frames, "another key"), MessageError, says);
  assertThrows(
    () => decodeMessage(frames.with(5, bytes('{"code":"2"}')), "key"),
    MessageError,
    says,
  );
  assertThrows(() => decodeMessage(frames.with(1, bytes("")), "key"), MessageError, says);
});

Deno.test("decodeMessage() rejects frames that are no message", () => {
  assertThrows(() => decodeMessage([bytes("noise")], "key"), MessageError, "1 frames");
  const frames = encodeMessage(message, "key").slice(0, 4);
  assertThrows(() => decodeMessage(frames, "key"), MessageError, "4 frames");
  const headless = encodeMessage({ ...message, header: {} as typeof message.header }, "key");
  assertThrows(() => decodeMessage(headless, "key"), MessageError, "no type or id");
});

import { assertEquals, assertRejects } from "@std/assert";
import {
  commandName,
  concatenate,
  encodeFrame,
  encodeGreeting,
  encodeReady,
  readFrame,
  readGreeting,
  ZmtpError,
} from "tools/jupyter/wire/zmtp_frames.ts";

/** Reads from bytes in memory. */
function reader(bytes: Uint8Array) {
  let offset = 0;
  return (length: number) => {
    if (offset + length > bytes.length) return Promise.reject(new Deno.errors.UnexpectedEof());
    return Promise.resolve(bytes.subarray(offset, offset += length));
  };
}

Deno.test("encodeGreeting() is the 64 bytes of the specification", async () => {
  const greeting = encodeGreeting();
  assertEquals(greeting.length, 64);
  assertEquals([...greeting.subarray(0, 17)], [
    0xff,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0x7f,
    3,
    0,
    0x4e,
    0x55,
    0x4c,
    0x4c,
    0, // "NULL"
  ]);
  await readGreeting(reader(greeting));
});

Deno.test("readGreeting() refuses other protocols, other versions and other mechanisms", async () => {
  const http = new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n");
  await assertRejects(() => readGreeting(reader(http)), ZmtpError, 'it sent "HTTP/1.1 4"');
  const old = encodeGreeting();
  old[10] = 1;
  await assertRejects(() => readGreeting(reader(old)), ZmtpError, "ZMTP 1.0");
  const curve = encodeGreeting();
  curve.set(new TextEncoder().encode("CURVE"), 12);
  await assertRejects(() => readGreeting(reader(curve)), ZmtpError, '"CURVE"');
});

Deno.test("encodeFrame() puts one byte of length before 255 bytes, eight before 256", () => {
  const short = encodeFrame({ body: new Uint8Array(255), more: true, command: false });
  assertEquals([...short.subarray(0, 2), short.length], [1, 255, 257]);
  const long = encodeFrame({ body: new Uint8Array(256), more: false, command: false });
  assertEquals([...long.subarray(0, 9), long.length], [2, 0, 0, 0, 0, 0, 0, 1, 0, 265]);
});

Deno.test("readFrame() returns what encodeFrame() was given", async () => {
  for (const length of [0, 1, 255, 256, 70_000]) {
    const frame = {
      body: Uint8Array.from({ length }, (_, index) => index % 251),
      more: length % 2 === 1,
      command: false,
    };
    assertEquals(await readFrame(reader(encodeFrame(frame))), frame);
  }
});

Deno.test("readFrame() refuses reserved flags and lengths beyond reason", async () => {
  await assertRejects(() => readFrame(reader(Uint8Array.of(0x41, 0))), ZmtpError, "0x41");
  const huge = concatenate([Uint8Array.of(2), new Uint8Array(8).fill(0x20)]);
  await assertRejects(() => readFrame(reader(huge)), ZmtpError, "it claims 23");
});

Deno.test("encodeReady() is a command that names the socket's type", async () => {
  const bytes = encodeReady("SUB");
  const frame = await readFrame(reader(bytes));
  assertEquals([frame.command, commandName(frame)], [true, "READY"]);
  assertEquals(
    new TextDecoder().decode(bytes.subarray(2)),
    "\x05READY\x0bSocket-Type\0\0\0\x03SUB",
  );
});

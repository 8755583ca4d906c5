/**
 * ZMTP 3.0, the wire protocol of ZeroMQ, as far as a Jupyter client needs it: greeting, frames, the READY command.
 *
 * By hand over TCP because npm's `zeromq` is a native add-on that hung in 2 of 8 short runs under Deno.
 * Source: https://rfc.zeromq.org/spec/23/
 */

/** Bytes that are not ZMTP, or a peer that refuses us. */
export class ZmtpError extends Error {
  override name = "ZmtpError";
}

/** One frame; a message is a run of frames, all but the last with `more`. */
export interface Frame {
  readonly body: Uint8Array;
  readonly more: boolean;
  /** A command of the protocol itself, not part of a message. */
  readonly command: boolean;
}

/** Reads exactly `length` bytes; rejects at the end of the stream. */
export type ReadExactly = (length: number) => Promise<Uint8Array>;

const moreFlag = 1;
const longFlag = 2;
const commandFlag = 4;
const greetingLength = 64;
/** A length above this is taken for garbage: the kernel itself breaks down at messages of 8 MB. */
const longestBody = 256 * 1024 * 1024;

/** The 64 bytes that open a connection: signature, version 3.0, mechanism NULL, not a server. */
export function encodeGreeting(): Uint8Array {
  const greeting = new Uint8Array(greetingLength);
  greeting[0] = 0xff;
  greeting[9] = 0x7f;
  greeting[10] = 3;
  greeting.set(new TextEncoder().encode("NULL"), 12);
  return greeting;
}

/**
 * Reads and checks the peer's greeting.
 *
 * @throws {ZmtpError} if it is not ZMTP 3 with the NULL mechanism.
 */
export async function readGreeting(readExactly: ReadExactly): Promise<void> {
  // The signature first, alone: a peer of another protocol may send less than a greeting and wait.
  const signature = await readExactly(10);
  if (signature[0] !== 0xff || signature[9] !== 0x7f) {
    throw new ZmtpError(`Cannot greet the peer: not ZMTP, it sent ${describeBytes(signature)}`);
  }
  const rest = await readExactly(greetingLength - 10);
  const mechanism = new TextDecoder().decode(rest.subarray(2, 22)).replace(/\0+$/, "");
  if (rest[0] < 3 || mechanism !== "NULL") {
    throw new ZmtpError(
      `Cannot greet the peer: ZMTP ${rest[0]}.${rest[1]} with mechanism ${
        JSON.stringify(mechanism)
      }, want 3 with "NULL"`,
    );
  }
}

/** A frame as bytes. */
export function encodeFrame({ body, more, command }: Frame): Uint8Array {
  const long = body.length > 255;
  const header = long ? 9 : 2;
  const bytes = new Uint8Array(header + body.length);
  bytes[0] = (more ? moreFlag : 0) | (long ? longFlag : 0) | (command ? commandFlag : 0);
  if (long) new DataView(bytes.buffer).setBigUint64(1, BigInt(body.length));
  else bytes[1] = body.length;
  bytes.set(body, header);
  return bytes;
}

/**
 * Reads one frame.
 *
 * @throws {ZmtpError} if the flags or the length cannot be a frame's.
 */
export async function readFrame(readExactly: ReadExactly): Promise<Frame> {
  const flags = (await readExactly(1))[0];
  if (flags > 7) throw new ZmtpError(`Cannot read a frame: its flags are 0x${flags.toString(16)}`);
  const long = (flags & longFlag) !== 0;
  const lengthBytes = await readExactly(long ? 8 : 1);
  const length = long
    ? Number(new DataView(lengthBytes.buffer, lengthBytes.byteOffset).getBigUint64(0))
    : lengthBytes[0];
  if (length > longestBody) {
    throw new ZmtpError(`Cannot read a frame: it claims ${length} bytes, at most ${longestBody}`);
  }
  return {
    body: await readExactly(length),
    more: (flags & moreFlag) !== 0,
    command: (flags & commandFlag) !== 0,
  };
}

/** The READY command's frame: the socket type ("DEALER", "SUB", ...) is all we have to say. */
export function encodeReady(socketType: string): Uint8Array {
  const encoder = new TextEncoder();
  const value = encoder.encode(socketType);
  const valueLength = new Uint8Array(4);
  new DataView(valueLength.buffer).setUint32(0, value.length);
  const body = concatenate([
    Uint8Array.of(5),
    encoder.encode("READY"),
    Uint8Array.of(11),
    encoder.encode("Socket-Type"),
    valueLength,
    value,
  ]);
  return encodeFrame({ body, more: false, command: true });
}

/** The name of a command frame. */
export function commandName(frame: Frame): string {
  return new TextDecoder().decode(frame.body.subarray(1, 1 + frame.body[0]));
}

/** Chunks of bytes as one. */
export function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function describeBytes(bytes: Uint8Array): string {
  return JSON.stringify(String.fromCharCode(...bytes));
}

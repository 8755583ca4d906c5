import { assertEquals, assertRejects } from "@std/assert";
import {
  concatenate,
  encodeFrame,
  encodeGreeting,
  encodeReady,
} from "tools/jupyter/wire/zmtp_frames.ts";
import { ZmtpError } from "tools/jupyter/wire/zmtp_frames.ts";
import { ZmtpSocket } from "tools/jupyter/wire/zmtp_socket.ts";

const hostname = "127.0.0.1";
const opening = [encodeGreeting(), encodeReady("ROUTER")];
const bytes = (text: string) => new TextEncoder().encode(text);
const frame = (text: string, more = false) =>
  encodeFrame({ body: bytes(text), more, command: false });

/** Runs a test against a peer that says its piece in one go, and hands over everything it is told. */
async function withPeer(
  said: readonly Uint8Array[],
  test: (port: number, heard: Promise<Uint8Array>) => Promise<void>,
): Promise<void> {
  const listener = Deno.listen({ hostname, port: 0 });
  const heard = listener.accept().then(async (connection) => {
    await connection.write(concatenate(said));
    await connection.closeWrite();
    return new Uint8Array(await new Response(connection.readable).arrayBuffer());
  });
  try {
    await test((listener.addr as Deno.NetAddr).port, heard);
  } finally {
    listener.close();
  }
}

Deno.test("ZmtpSocket reads messages of one and of many frames, then the end", async () => {
  const command = encodeFrame({ body: bytes("\x04PING"), more: false, command: true });
  const long = "x".repeat(100_000);
  const said = [...opening, frame("a", true), frame("b"), command, frame(long), frame("cut", true)];
  await withPeer(said, async (port) => {
    const socket = await ZmtpSocket.connect({ hostname, port, socketType: "DEALER" });
    const received = [];
    while (true) {
      const message = await socket.receive();
      if (!message) break;
      received.push(message.map((body) => new TextDecoder().decode(body)));
    }
    socket.close();
    // A message that was cut off is none.
    assertEquals(received, [["a", "b"], [long]]);
  });
});

Deno.test("ZmtpSocket sends its greeting, READY, the subscription, then messages in the order of the calls", async () => {
  await withPeer(opening, async (port, heard) => {
    const socket = await ZmtpSocket.connect({ hostname, port, socketType: "SUB" });
    const messages = Array.from({ length: 20 }, (_, index) => [bytes(`${index}`), bytes("end")]);
    await Promise.all(messages.map((message) => socket.send(message)));
    socket.close();
    const expected = [encodeGreeting(), encodeReady("SUB"), frame("\x01")];
    const sent = messages.flatMap((_, index) => [frame(`${index}`, true), frame("end")]);
    assertEquals(await heard, concatenate([...expected, ...sent]));
  });
});

Deno.test("ZmtpSocket refuses a peer whose first frame is a message", async () => {
  await withPeer([encodeGreeting(), frame("hello")], async (port) => {
    await assertRejects(
      () => ZmtpSocket.connect({ hostname, port, socketType: "DEALER" }),
      ZmtpError,
      "not READY",
    );
  });
});

Deno.test("ZmtpSocket.accept() answers a peer that connects, and refuses one that is not ZMTP", async () => {
  using listener = Deno.listen({ hostname, port: 0 });
  const { port } = listener.addr;
  const accepted = listener.accept().then((connection) => ZmtpSocket.accept(connection));
  using client = await ZmtpSocket.connect({ hostname, port, socketType: "DEALER" });
  using router = await accepted;
  await client.send([bytes("a"), bytes("b")]);
  assertEquals(await router.receive(), [bytes("a"), bytes("b")]);
  await router.send([bytes("c")]);
  assertEquals(await client.receive(), [bytes("c")]);
  const refused = assertRejects(
    async () => await ZmtpSocket.accept(await listener.accept()),
    ZmtpError,
    "not ZMTP",
  );
  using stranger = await Deno.connect({ hostname, port });
  await stranger.write(bytes("GET / HTTP/1.1\r\n\r\n"));
  await refused;
});

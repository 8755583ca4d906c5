import { assertEquals } from "@std/assert";
import { createMessage, decodeMessage, encodeMessage } from "tools/jupyter/wire/kernel_message.ts";
import { ZmtpSocket } from "tools/jupyter/wire/zmtp_socket.ts";
import { relayControl } from "tools/lab/control_relay.ts";

const hostname = "127.0.0.1";
const key = "the key";
const bytes = (text: string) => new TextEncoder().encode(text);
const interruptRequest = createMessage("interrupt_request", { content: {}, session: "client" });

/** A relay before a kernel that says every message back; both ends are there for the test. */
async function withRelay(
  test: (connect: () => Promise<ZmtpSocket>, interrupts: () => number) => Promise<void>,
): Promise<void> {
  using echo = Deno.listen({ hostname, port: 0 });
  (async () => {
    for await (const connection of echo) {
      ZmtpSocket.accept(connection).then(async (socket) => {
        for (let frames; (frames = await socket.receive());) await socket.send(frames);
        socket.close();
      });
    }
  })();
  using listener = Deno.listen({ hostname, port: 0 });
  let interrupts = 0;
  relayControl({
    listener,
    kernel: { hostname, port: echo.addr.port },
    key,
    interrupt: () => {
      interrupts++;
      return new Promise((resolve) => setTimeout(resolve, 50));
    },
  });
  const { port } = listener.addr;
  await test(
    () => ZmtpSocket.connect({ hostname, port, socketType: "DEALER" }),
    () => interrupts,
  );
}

Deno.test("relayControl() hands messages on untouched, both ways, whatever they are", () =>
  withRelay(async (connect, interrupts) => {
    using client = await connect();
    const forged = encodeMessage(interruptRequest, "another key");
    const messages = [[bytes("a"), bytes(""), bytes("b".repeat(70_000))], forged];
    for (const message of messages) await client.send(message);
    for (const message of messages) assertEquals(await client.receive(), message);
    assertEquals(interrupts(), 0);
  }));

Deno.test("relayControl() answers an interrupt itself once it is dealt with, and hands on what comes meanwhile", () =>
  withRelay(async (connect, interrupts) => {
    using client = await connect();
    await client.send(encodeMessage(interruptRequest, key));
    await client.send([bytes("meanwhile")]);
    assertEquals(await client.receive(), [bytes("meanwhile")]);
    const reply = decodeMessage((await client.receive())!, key);
    assertEquals(reply.header.msg_type, "interrupt_reply");
    assertEquals(reply.content, { status: "ok" });
    assertEquals(reply.parentHeader, interruptRequest.header);
    assertEquals(interrupts(), 1);
    await client.send([bytes("after")]);
    assertEquals(await client.receive(), [bytes("after")]);
  }));

Deno.test("relayControl() goes on for a client when another one leaves or talks rubbish", () =>
  withRelay(async (connect) => {
    using stays = await connect();
    (await connect()).close();
    const rubbish = await connect();
    await rubbish.send([bytes("x")]);
    rubbish.close();
    await stays.send([bytes("still here")]);
    assertEquals(await stays.receive(), [bytes("still here")]);
  }));

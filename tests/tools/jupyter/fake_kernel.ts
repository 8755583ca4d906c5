/** A program started in a kernel's place that does otherwise than a kernel should: `fake_kernel.ts BEHAVIOUR CONNECTION_FILE`. */
import type { ConnectionInfo } from "tools/jupyter/wire/connection_info.ts";
import { createMessage, encodeMessage } from "tools/jupyter/wire/kernel_message.ts";
import {
  concatenate,
  encodeFrame,
  encodeGreeting,
  encodeReady,
} from "tools/jupyter/wire/zmtp_frames.ts";

const [behaviour, connectionFile] = Deno.args;
const info: ConnectionInfo = JSON.parse(await Deno.readTextFile(connectionFile));
const noise = Uint8Array.from({ length: 4096 }, (_, index) => (index * 73 + 41) % 256);
// A well-formed message, but signed by someone who does not know the key.
const forged = encodeMessage(createMessage("status", { content: {}, session: "x" }), "no key");
const message = concatenate(
  forged.map((body, index) =>
    encodeFrame({ body, more: index < forged.length - 1, command: false })
  ),
);

const answers: Record<string, Uint8Array[]> = {
  "noise": [noise],
  "noise-later": [encodeGreeting(), encodeReady("ROUTER"), noise],
  "wrong-key": [encodeGreeting(), encodeReady("ROUTER"), message],
  "silence": [],
};

async function serve(port: number): Promise<void> {
  for await (const connection of Deno.listen({ hostname: info.ip, port })) {
    for (const answer of answers[behaviour]) await connection.write(answer);
  }
}

if (behaviour === "exit") {
  console.error("its last words");
  Deno.exit(9);
}
await Promise.all([info.shell_port, info.iopub_port, info.control_port].map(serve));

/**
 * `kernel.ts CONNECTION_FILE`: the Deno kernel as our kernelspec starts it, with a Stop button that can
 * end a training.
 *
 * The kernel gets a connection file of its own, in which only the port of the control channel differs;
 * on the port that Jupyter knows, we listen, hand on what is not for us, and keep the interrupts. All
 * other channels lead straight to the kernel. This process ends when the kernel does, and the kernel
 * when this process is asked to.
 *
 * @module
 */
import { join } from "node:path";
import { runningFileVariable } from "lib/lecture/stoppable.ts";
import type { ConnectionInfo } from "tools/jupyter/wire/connection_info.ts";
import { KernelConnection } from "tools/jupyter/wire/kernel_connection.ts";
import { relayControl } from "tools/lab/control_relay.ts";
import { stopButton } from "tools/lab/stop_button.ts";

async function main(connectionFile: string): Promise<number> {
  const info: ConnectionInfo = JSON.parse(await Deno.readTextFile(connectionFile));
  const folder = await Deno.makeTempDir({ prefix: "unrolled-kernel-" });
  try {
    const runningFile = join(folder, "running");
    const kernelFile = join(folder, "connection.json");
    // Before any port is chosen: Jupyter may knock at once, and waits.
    const listener = Deno.listen({ hostname: info.ip, port: info.control_port });
    const kernelInfo = { ...info, control_port: freePort(info.ip) };
    await Deno.writeTextFile(kernelFile, JSON.stringify(kernelInfo), { mode: 0o600 });
    const kernel = startKernel(kernelFile, { [runningFileVariable]: runningFile });
    serveControl(kernelInfo, { listener, runningFile });
    return (await kernel.status).code;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A port that was free a moment ago. */
function freePort(hostname: string): number {
  using listener = Deno.listen({ hostname, port: 0 });
  return listener.addr.port;
}

function startKernel(connectionFile: string, env: Record<string, string>): Deno.ChildProcess {
  const args = ["jupyter", "--kernel", "--conn", connectionFile];
  const kernel = new Deno.Command(Deno.execPath(), { args, env, stdin: "null" }).spawn();
  const signal = Deno.build.os === "windows" ? "SIGBREAK" : "SIGTERM";
  Deno.addSignalListener(signal, () => {
    try {
      kernel.kill("SIGKILL");
    } catch {
      // Jupyter signals all processes of a kernel, and this one has heard it already.
    }
  });
  return kernel;
}

async function serveControl(
  info: ConnectionInfo,
  { listener, runningFile }: { listener: Deno.TcpListener; runningFile: string },
): Promise<void> {
  const connection = await connectWhenUp(info);
  // Until we are told, any cell may be running.
  let runningCell: string | undefined = "unknown";
  connection.onBroadcast = ({ header, parentHeader, content }) => {
    if (header.msg_type !== "status") return;
    runningCell = content.execution_state === "busy" ? parentHeader.msg_id : undefined;
  };
  const interrupt = stopButton({
    runningFile,
    runningCell: () => runningCell,
    interrupt: async () => {
      await connection.request("interrupt_request", { channel: "control" });
    },
  });
  const kernel = { hostname: info.ip, port: info.control_port };
  await relayControl({ listener, kernel, key: info.key, interrupt });
}

async function connectWhenUp(info: ConnectionInfo): Promise<KernelConnection> {
  while (true) {
    try {
      return await KernelConnection.connect(info);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args[0]));

import { type LineProcess, startLineProcess } from "./line_process.ts";
import type { Peer } from "./peer.ts";
import type { Shape } from "./shapes.ts";

/** PyTorch in a process of its own; `call` calls a method of the session in torch_peer.py. */
export type TorchPeer = Peer & LineProcess;

/**
 * Starts the interpreter that `UNROLLED_TORCH_PYTHON` names.
 *
 * Without one the peer has a note and no contenders.
 */
export function startTorchPeer(): TorchPeer {
  const interpreter = Deno.env.get("UNROLLED_TORCH_PYTHON");
  if (!interpreter) return missing("PyTorch is left out: UNROLLED_TORCH_PYTHON is not set.");
  const script = new URL("torch_peer.py", import.meta.url);
  let session: LineProcess;
  try {
    session = startLineProcess(interpreter, { args: [decodeURIComponent(script.pathname)] });
  } catch (error) {
    return missing(`PyTorch is left out: ${error instanceof Error ? error.message : error}.`);
  }
  return {
    ...session,
    name: "pytorch",
    async contenders(shape: Shape) {
      await session.call("prepare", shape);
      return [1, 2].map((threads) => ({
        name: `pytorch, ${threads === 1 ? "1 thread" : `${threads} threads`}`,
        run: async (count) =>
          (await session.call<{ milliseconds: number }>("run", threads, count)).milliseconds,
        close() {},
      }));
    },
  };
}

function missing(note: string): TorchPeer {
  return {
    ...{ name: "pytorch", note, contenders: () => Promise.resolve([]) },
    close: () => Promise.resolve(),
    call: () => Promise.reject(new Error(note)),
  };
}

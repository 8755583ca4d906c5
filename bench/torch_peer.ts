import { TextLineStream } from "./text_line_stream.ts";
import type { Contender, Peer } from "./peer.ts";
import type { Shape } from "./shapes.ts";

/** PyTorch in a process of its own that answers JSON lines. */
export interface TorchPeer extends Peer {
  /** Calls a method of the session in torch_peer.py. */
  call<Answer>(call: string, ...values: unknown[]): Promise<Answer>;
}

/**
 * Starts the interpreter that `UNROLLED_TORCH_PYTHON` names.
 *
 * Without one the peer has a note and no contenders.
 */
export function startTorchPeer(): TorchPeer {
  const interpreter = Deno.env.get("UNROLLED_TORCH_PYTHON");
  if (!interpreter) return missing("PyTorch is left out: UNROLLED_TORCH_PYTHON is not set.");
  const script = new URL("torch_peer.py", import.meta.url);
  let child: Deno.ChildProcess;
  try {
    child = new Deno.Command(interpreter, {
      args: [decodeURIComponent(script.pathname)],
      ...{ stdin: "piped", stdout: "piped", stderr: "inherit" },
    }).spawn();
  } catch (error) {
    return missing(`PyTorch is left out: ${error instanceof Error ? error.message : error}.`);
  }
  const requests = child.stdin.getWriter();
  const answers = child.stdout.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream()).getReader();
  const call = async <Answer>(name: string, ...values: unknown[]): Promise<Answer> => {
    const line = JSON.stringify({ call: name, arguments: values }) + "\n";
    await requests.write(new TextEncoder().encode(line));
    const { value, done } = await answers.read();
    if (done) throw new Error(`PyTorch ended before it answered ${name}.`);
    return JSON.parse(value);
  };
  return {
    name: "pytorch",
    call,
    async contenders(shape: Shape): Promise<Contender[]> {
      await call("prepare", shape);
      return [1, 2].map((threads) => ({
        name: `pytorch, ${threads === 1 ? "1 thread" : `${threads} threads`}`,
        run: async (count) =>
          (await call<{ milliseconds: number }>("run", threads, count)).milliseconds,
        close() {},
      }));
    },
    async close() {
      await requests.close();
      await answers.cancel();
      await child.status;
    },
  };
}

function missing(note: string): TorchPeer {
  return {
    ...{ name: "pytorch", note },
    call: () => Promise.reject(new Error(note)),
    contenders: () => Promise.resolve([]),
    close() {},
  };
}

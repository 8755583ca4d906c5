import { WIDE_REGISTER_FLAGS } from "lib/kernels/fused/wide_registers.ts";
import { type LineProcess, startLineProcess } from "./line_process.ts";
import type { Contender, Peer } from "./peer.ts";

/**
 * The fused kernels in a process that V8's flags for wide registers were given to; `generator` is the
 * one that writes characters.
 */
export type WidePeer = Peer & LineProcess & { generator(): Promise<Contender> };

/** Starts the process; where V8 joins no registers the peer has a note and no contenders. */
export function startWidePeer(): WidePeer {
  if (Deno.build.arch !== "x86_64") {
    const note = `Wide registers are left out: V8 has none on ${Deno.build.arch}.`;
    return {
      ...{ name: "wide", note, contenders: () => Promise.resolve([]) },
      generator: () => Promise.reject(new Error(note)),
      call: () => Promise.reject(new Error(note)),
      close: () => Promise.resolve(),
    };
  }
  const script = decodeURIComponent(new URL("wide_session.ts", import.meta.url).pathname);
  const session = startLineProcess(Deno.execPath(), {
    args: ["run", "--quiet", "-A", script],
    env: { DENO_V8_FLAGS: WIDE_REGISTER_FLAGS },
  });
  const contendersOf = (names: string[]): Contender[] =>
    names.map((name, index) => ({
      name: name.replace("ours", "wide"),
      run: (count) => session.call<number>("run", index, count),
      // One call closes all.
      close: () => index === 0 ? session.call<void>("close") : undefined,
    }));
  return {
    ...session,
    name: "wide",
    contenders: async (shape) => contendersOf(await session.call("prepare", shape)),
    generator: async () => contendersOf(await session.call("prepareGeneration"))[0],
  };
}

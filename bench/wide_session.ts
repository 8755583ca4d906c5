/**
 * The fused kernels in a process of their own, which `wide_peer.ts` starts with V8's flags for wide
 * registers: reads JSON lines, answers each with one.
 *
 * @module
 */
import { measureD2lHere } from "./d2l.ts";
import { fusedPeer } from "./fused_peer.ts";
import { fusedGenerator, GENERATION_SHAPE } from "./generation.ts";
import type { Contender } from "./peer.ts";
import type { Shape } from "./shapes.ts";
import { TextLineStream } from "./text_line_stream.ts";

let contenders: Contender[] = [];

const session = {
  async prepare(shape: Shape) {
    contenders = await fusedPeer.contenders(shape);
    return contenders.map(({ name }) => name);
  },
  async prepareGeneration() {
    contenders = [await fusedGenerator(GENERATION_SHAPE)];
    return contenders.map(({ name }) => name);
  },
  run: (index: number, count: number) => contenders[index].run(count),
  async close() {
    for (const contender of contenders) await contender.close();
    contenders = [];
    return null;
  },
  d2l: (epochs: number) => measureD2lHere(epochs),
};

const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream())
  .pipeThrough(new TextLineStream());
for await (const line of lines) {
  const { call, arguments: values } = JSON.parse(line);
  const method = session[call as keyof typeof session] as (...values: unknown[]) => unknown;
  console.log(JSON.stringify(await method(...values)));
}

/**
 * Times the fused kernels against PyTorch and plain tfjs, and writes what it measured.
 *
 *     deno task bench [--shape NAME]... [--peer ours|wide|pytorch|tfjs]... [--rounds N] [--json FILE] [--quick]
 *
 * "wide" is ours in a process that V8's flags for wide registers were given to. `--shape` takes a part of a name. `--quick` leaves out generation, growth, the whole run and
 * byte pairs.
 */
import { commandLine, knownNames, knownParts, wholeNumber } from "tools/command/command_line.ts";
import { measureBytePairs } from "./byte_pairs.ts";
import { measureD2l } from "./d2l.ts";
import { measurePeak } from "./fma_peak.ts";
import { fusedPeer } from "./fused_peer.ts";
import { kernelMemory } from "./kernel_memory.ts";
import { measureGeneration } from "./generation.ts";
import { measureGrowth } from "./growth.ts";
import { interleave } from "./interleave.ts";
import type { Contender } from "./peer.ts";
import { describeTimings, digits, type Row, rowsOf } from "./report.ts";
import { SHAPES } from "./shapes.ts";
import { tfjsPeer } from "./tfjs_peer.ts";
import { startTorchPeer } from "./torch_peer.ts";
import { startWidePeer } from "./wide_peer.ts";

const PEERS = ["ours", "wide", "pytorch", "tfjs"];
const options = commandLine({
  task: "bench",
  usage: `deno task bench [OPTION ...]

Times the fused kernels against PyTorch (UNROLLED_TORCH_PYTHON) and plain tfjs.

  --shape NAME    only shapes with this part in their names; may be given again
  --peer NAME     ${PEERS.join(", ")}; may be given again (all)
  --rounds N      rounds of timing (9)
  --json FILE     write what was measured
  --quick         without generation, growth, the whole run and byte pairs`,
  options: {
    shape: { type: "string", multiple: true },
    peer: { type: "string", multiple: true },
    rounds: { type: "string", default: "9" },
    json: { type: "string" },
    quick: { type: "boolean", default: false },
  },
  read: ({ values }) => ({
    ...values,
    peer: values.peer?.flatMap((name) => knownNames(name, { name: "--peer", known: PEERS })),
    shape: values.shape && knownParts(values.shape, SHAPES.map(({ name }) => name)),
    rounds: wholeNumber(values.rounds, { name: "--rounds", least: 1, most: 10_000 }),
  }),
});

const torch = startTorchPeer();
const wide = startWidePeer();
const wanted = [fusedPeer, wide, torch, tfjsPeer].filter(({ name }) =>
  name === "ours" || (options.peer ?? ["wide", "pytorch", "tfjs"]).includes(name)
);
const shapes = SHAPES.filter(({ name }) =>
  options.shape === undefined || options.shape.some((part) => name.includes(part))
);
for (const { note } of wanted) if (note) console.log(note);
const peak = await measurePeak();
console.log(`FMA peak of one thread: ${digits(peak)} GFLOPS.`);

const rows: Row[] = [];
for (const shape of shapes) {
  const own: Contender[] = [], slow: Contender[] = [];
  for (const peer of wanted) {
    const contenders = await peer.contenders(shape);
    (peer === tfjsPeer ? slow : own).push(...contenders);
  }
  const timings = await interleave(own, { rounds: options.rounds, milliseconds: 60 });
  // Plain tfjs takes up to a minute a step: a few rounds of its own are enough.
  timings.push(...await interleave(slow, { rounds: 3, milliseconds: 1 }));
  for (const contender of [...own, ...slow]) await contender.close();
  const found = rowsOf(shape, { timings, peak });
  rows.push(...found);
  console.log(`${shape.name}\n${describeTimings(timings)}`);
  for (const { peer, ratio, peak_share, wide_ratio } of found) {
    const share = (100 * peak_share).toFixed(0);
    const also = wide_ratio === undefined ? "" : `, on wide registers ${digits(wide_ratio)}`;
    console.log(`  ratio to ${peer}: ${digits(ratio)}, ${share} % of the FMA peak${also}`);
  }
}
const result: Record<string, unknown> = { peak_gflops: peak, rows, memory: kernelMemory(shapes) };
if (!options.quick) {
  result.generation = await measureGeneration({ wide, torch });
  result.growth = await measureGrowth();
  result.d2l = await measureD2l({ wide, torch });
  // The one measurement that needs a downloaded text: without it the others are not lost.
  result.byte_pairs = await measureBytePairs().catch((error: Error) => {
    console.log(`Byte pairs not timed: ${error.message}`);
  });
}
console.log(JSON.stringify({ ...result, rows: undefined }, null, 1));
if (options.json) await Deno.writeTextFile(options.json, JSON.stringify(result, null, 1) + "\n");
await torch.close();
await wide.close();

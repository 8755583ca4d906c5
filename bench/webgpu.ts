/**
 * Times training steps on the WebGPU backend with recurrent layers fused, and counts dispatches,
 * against the same step in stock tfjs ops on the same adapter; stores both with the adapter's name.
 *
 *     deno task bench-webgpu [--shape NAME]... [--rounds N] [--json FILE] [--no-stock]
 *
 * `--shape` takes a part of a name; LSTM H128 T64 without one. A software adapter says how many
 * dispatches there are, and little about a GPU's time.
 */
import process from "node:process";
import * as tf from "@tensorflow/tfjs";
import { useBackend } from "lib/kernels/backend.ts";
import { createFusedNetwork } from "lib/kernels/fused/fused_network.ts";
import { currentAdapter } from "lib/kernels/webgpu/device_plan.ts";
import { tfjsEngine } from "lib/training/engines/tfjs_engine.ts";
import { commandLine, knownParts, wholeNumber } from "tools/command/command_line.ts";
import { countDispatches } from "./count_dispatches.ts";
import { interleave } from "./interleave.ts";
import type { Contender } from "./peer.ts";
import { describeTimings, digits } from "./report.ts";
import { randomWindow, type Shape, SHAPES } from "./shapes.ts";
import { plainModel } from "./plain_model.ts";
import { millisecondsOf, tfjsModel } from "./tfjs_peer.ts";

const options = commandLine({
  task: "bench-webgpu",
  usage: `deno task bench-webgpu [OPTION ...]

Times the fused WebGPU programs and counts their dispatches against stock tfjs on the same adapter.

  --shape NAME    shapes with this part in their names; may be given again (lstm-h128-t64)
  --rounds N      rounds of timing (5)
  --json FILE     write what was measured
  --no-stock      without stock tfjs`,
  options: {
    shape: { type: "string", multiple: true, default: ["lstm-h128-t64"] },
    rounds: { type: "string", default: "5" },
    json: { type: "string" },
    "no-stock": { type: "boolean", default: false },
  },
  read: ({ values }) => ({
    ...values,
    shape: knownParts(values.shape, SHAPES.map(({ name }) => name)),
    rounds: wholeNumber(values.rounds, { name: "--rounds", least: 1, most: 10_000 }),
  }),
});

const report = await useBackend("webgpu");
if (report.obtained !== "webgpu") throw new Error(`Cannot run the bench: ${report.note}`);
const adapter = currentAdapter();
console.log(`${report.note}.`);

/** The adapter's step of one kind, and what one of them dispatches and gives. */
async function contender(shape: Shape, fused: boolean) {
  const model = fused ? tfjsModel(shape) : plainModel(tfjsModel(shape));
  const engine = tfjsEngine(model, { ...shape, maxGradientNorm: 1 });
  const window = randomWindow(shape);
  const timed: Contender = {
    name: fused ? "fused" : "stock tfjs",
    run: (count) => millisecondsOf(count, () => engine.trainStep(window)),
    close() {
      engine.dispose();
      model.dispose();
    },
  };
  let first = { loss: NaN, gradientNorm: NaN };
  const dispatches = await countDispatches(async () => {
    first = await engine.trainStep(window);
  });
  return { timed, dispatches, first };
}

/** Relative differences of loss and gradient norm from the fused WASM kernels', on the same start. */
async function differences(shape: Shape, first: { loss: number; gradientNorm: number }) {
  const network = await createFusedNetwork({ ...shape, maxGradientNorm: 1 });
  const model = tfjsModel(shape);
  const entries = Object.entries(model.parameters).map(async (
    [name, variable],
  ) => [name, await variable.data()]);
  network.setParameters(Object.fromEntries(await Promise.all(entries)));
  const expected = network.computeGradients(randomWindow(shape));
  network.dispose();
  model.dispose();
  return {
    loss: Math.abs(first.loss / expected.loss - 1),
    gradientNorm: Math.abs(first.gradientNorm / expected.gradientNorm - 1),
  };
}

/** Processor time of a step over all threads: on a software adapter what a busy machine leaves alone. */
async function cpuMilliseconds(timed: Contender): Promise<number> {
  const steps = 2, before = process.cpuUsage();
  await timed.run(steps);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / steps;
}

const rows = [];
for (const shape of SHAPES) {
  if (!options.shape.some((part) => shape.name.includes(part))) continue;
  const kinds = [await contender(shape, true)];
  const error = await differences(shape, kinds[0].first);
  if (!options["no-stock"]) kinds.push(await contender(shape, false));
  const timings = await interleave(kinds.map(({ timed }) => timed), {
    ...{ rounds: options.rounds, milliseconds: 60 },
  });
  const cpu = [];
  for (const { timed } of kinds) {
    cpu.push(await cpuMilliseconds(timed));
    await timed.close();
  }
  const counts = kinds.map(({ dispatches }) => dispatches);
  console.log(`${shape.name}\n${describeTimings(timings)}`);
  console.log(`  dispatches a step: ${counts.join(" against ")}`);
  console.log(`  processor time a step: ${cpu.map((ms) => `${digits(ms)} ms`).join(" against ")}`);
  const [fused, stock] = timings;
  if (stock) {
    const fewer = digits(counts[1] / counts[0]), faster = digits(stock.median / fused.median);
    console.log(
      `  ${fewer} times fewer dispatches, ${faster} times faster, ` +
        `${digits(cpu[1] / cpu[0])} times less processor time`,
    );
  }
  console.log(`  against WASM: loss ${digits(error.loss)}, gradient ${digits(error.gradientNorm)}`);
  rows.push({
    shape: shape.name,
    ...{ fused_ms: fused.median, fused_spread_ms: fused.spread, fused_dispatches: counts[0] },
    fused_cpu_ms: cpu[0],
    ...(stock && { stock_ms: stock.median, stock_spread_ms: stock.spread }),
    ...(stock && { stock_dispatches: counts[1], stock_cpu_ms: cpu[1] }),
    relative_difference_from_wasm: error,
  });
}
const result = {
  ...{ adapter: adapter.name, software: adapter.software, tfjs: tf.version.tfjs },
  ...{ cores: navigator.hardwareConcurrency, load_average: Deno.loadavg()[0] },
  rows,
};
if (options.json) await Deno.writeTextFile(options.json, JSON.stringify(result, null, 1) + "\n");

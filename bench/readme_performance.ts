/**
 * Chart and sentences on speed in the README, made from what `deno task bench` stored.
 *
 *     deno run -A bench/readme_performance.ts
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { barChart } from "lib/figures/bar_chart.ts";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";
import { figureDescription } from "lib/figures/parts/finish_figure.ts";
import { WIDE_REGISTER_FLAGS } from "lib/kernels/fused/wide_registers.ts";
import { formatWithDeno } from "tools/lecture/format_with_deno.ts";
import { writeFileAtomically } from "tools/lecture/write_file_atomically.ts";
import type { WholeRun } from "./d2l.ts";
import type { GenerationRate } from "./generation.ts";
import type { Growth } from "./growth.ts";
import type { KernelMemoryUse } from "./kernel_memory.ts";
import { digits, type Row } from "./report.ts";

/** What `deno task bench --json FILE` stores. */
export interface BenchResult {
  readonly peak_gflops: number;
  readonly rows: readonly Row[];
  readonly memory: readonly KernelMemoryUse[];
  readonly generation: readonly GenerationRate[];
  readonly growth: readonly Pick<Growth, "size" | "exponent">[];
  readonly d2l: readonly WholeRun[];
}

/** Around what is generated in the README. */
export const benchMarkers = { start: "<!-- bench:start -->", end: "<!-- bench:end -->" };

/** What `deno task bench-webgpu --json FILE` stores. */
export interface WebgpuResult {
  readonly adapter: string;
  readonly rows: readonly {
    readonly shape: string;
    readonly fused_dispatches: number;
    readonly stock_dispatches: number;
    readonly fused_cpu_ms: number;
    readonly stock_cpu_ms: number;
  }[];
}

const WEBGPU = join("results", "webgpu_llvmpipe.json");
const STORED = join("results", "bench.json"), CHART = join("results", "bench.svg");

/** `lstm-h128x2-t50-b50-v65` -> `LSTM H128 x 2, T50 B50 V65`. */
export function shapeTitle(name: string): string {
  const [cell, hidden, ...sizes] = name.toUpperCase().split("-");
  return `${cell} ${hidden.replace("X", " x ")}, ${sizes.join(" ")}`;
}

/** Bars of how many times faster than PyTorch a training step is, shape by shape. */
export function ratioChart({ rows }: BenchResult): FigureElement {
  const bars = rows.filter(({ peer }) => peer.startsWith("pytorch"))
    .flatMap(({ shape, ratio, wide_ratio }) => {
      const label = shapeTitle(shape).replace(/ V\d+$/, "");
      if (wide_ratio === undefined) return [{ label, value: ratio }];
      return [
        { label, value: ratio, series: "as it comes" },
        { label, value: wide_ratio, series: "256 bits" },
      ];
    });
  return barChart(bars, {
    title: "A training step beside PyTorch's on the same CPU",
    value: { label: "speed", unit: "times PyTorch's" },
    category: "network, unroll length, batch",
    references: [{ label: "as fast", value: 1 }],
  });
}

/** What the stored figures say, in sentences; a paragraph each. */
export function benchSentences(result: BenchResult): string[] {
  const { rows, memory, generation, growth, d2l } = result;
  const torch = rows.filter(({ peer }) => peer.startsWith("pytorch"));
  const tfjs = rows.filter(({ peer }) => peer.startsWith("tfjs"));
  const slower = torch.filter(({ ratio }) => ratio < 1);
  const names = (list: readonly Row[]) => list.map(({ shape }) => shapeTitle(shape)).join("; ");
  const listed = (texts: readonly string[]) => new Intl.ListFormat("en-GB").format(texts);
  const numbers = (values: readonly number[]) => listed(values.map(digits));
  const percent = ({ peak_share }: Row) => `${(100 * peak_share).toFixed(0)} %`;
  const rate = (name: string) =>
    generation.find(({ peer }) => peer.startsWith(name))?.charactersPerSecond ?? NaN;
  const seconds = (peer: string) =>
    Math.min(...d2l.filter((run) => run.peer.startsWith(peer)).map((run) => run.seconds));
  const exponent = (size: string) => digits(growth.find((g) => g.size === size)?.exponent ?? NaN);
  const megabytes = memory.map(({ bytes }) => bytes / 1e6);
  const least = memory[megabytes.indexOf(Math.min(...megabytes))];
  const why = slower.length === 0 ? [] : [
    `Slower than PyTorch: ${names(slower)} (${numbers(slower.map(({ ratio }) => ratio))} times ` +
    "its speed). Their time goes into large matrix products, for which PyTorch has the CPU's " +
    "widest registers (AVX-512 on this one) and WebAssembly 128 bits. The kernels reach " +
    `${listed(slower.map(percent))} of what multiply-adds of 128 bits can do here ` +
    `(${digits(result.peak_gflops)} GFLOPS a thread); at all of it the ratios would be ` +
    `${numbers(slower.map(({ ratio, peak_share }) => ratio / peak_share))}.`,
  ];
  const wide = torch.flatMap(({ ours_ms, wide_ms, wide_ratio }) =>
    wide_ms === undefined ? [] : [{ ratio: wide_ratio!, share: wide_ms / ours_ms }]
  );
  const shares = wide.map(({ share }) => share);
  const wider = wide.length === 0 ? [] : [
    `V8 can join pairs of 128-bit operations to 256 bits, where it is started to: with ` +
    `\`DENO_V8_FLAGS=${WIDE_REGISTER_FLAGS}\` in the environment, everything here takes ` +
    `${digits(Math.min(...shares))} to ${digits(Math.max(...shares))} of that time and gives the ` +
    `same numbers to the last bit, and is faster than PyTorch at ` +
    `${wide.filter(({ ratio }) => ratio > 1).length} of ${wide.length} shapes (least ` +
    `${
      digits(Math.min(...wide.map(({ ratio }) => ratio)))
    } times). It is not the default: V8 calls ` +
    "the one flag experimental, and the other one lets all WebAssembly of the process run without " +
    `checks of bounds. D2L's run takes ${
      digits(seconds("wide"))
    } s so, and the LSTM below writes ` +
    `${Math.round(rate("wide") / 1000)},000 characters a second.`,
  ];
  return [
    `A training step on the fused kernels takes less time than PyTorch's, best of one and two ` +
    `threads each, at ${torch.length - slower.length} of ${torch.length} shapes, and at least ` +
    `${Math.floor(Math.min(...tfjs.map(({ ratio }) => ratio)))} times less than plain tfjs's at ` +
    `every one. D2L's 1,000 updates with validation: ${digits(seconds("ours"))} s, PyTorch ` +
    `${digits(seconds("pytorch"))} s.`,
    ...why,
    ...wider,
    `An LSTM of 128 units writes ${Math.round(rate("ours") / 1000)},000 characters a second, ` +
    `${
      digits(rate("ours") / rate("tfjs"))
    } times as many as plain tfjs. The time of a step grows ` +
    `like T^${exponent("timeSteps")}, B^${exponent("batchSize")}, H^${exponent("hiddenSize")} ` +
    `and V^${exponent("vocabularySize")} around an LSTM of 128 units (T32 B32 V64). ` +
    `Training takes ${digits(Math.min(...megabytes))} MB (${shapeTitle(least.shape)}) to ` +
    `${digits(Math.max(...megabytes))} MB of memory, all laid out before the first step.`,
  ];
}

/** What the stored figures of the software adapter say of dispatches and processor time. */
export function webgpuSentence({ adapter, rows: [row] }: WebgpuResult): string {
  const fewer = row.stock_dispatches / row.fused_dispatches;
  return `A training step on WebGPU (${shapeTitle(row.shape)}) takes ${row.fused_dispatches} ` +
    `dispatches where stock tfjs takes ${row.stock_dispatches}, ${
      digits(fewer)
    } times fewer, and ` +
    `${digits(row.stock_cpu_ms / row.fused_cpu_ms)} times less processor time on ${adapter}, a ` +
    "software adapter.";
}

/** The README with its part on speed made anew; unchanged if it has no place for it. */
export function withBench(
  readme: string,
  { result, webgpu }: { result: BenchResult; webgpu: WebgpuResult },
): string {
  const start = readme.indexOf(benchMarkers.start), end = readme.indexOf(benchMarkers.end);
  if (start < 0 || end < start) return readme;
  const alt = figureDescription(ratioChart(result)).replaceAll(/[\[\]]/g, "");
  const body = [`![${alt}](${CHART})`, ...benchSentences(result), webgpuSentence(webgpu)]
    .join("\n\n");
  return `${readme.slice(0, start + benchMarkers.start.length)}\n\n${body}\n\n${readme.slice(end)}`;
}

if (import.meta.main) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const result: BenchResult = JSON.parse(await Deno.readTextFile(join(root, STORED)));
  const webgpu: WebgpuResult = JSON.parse(await Deno.readTextFile(join(root, WEBGPU)));
  await writeFileAtomically(join(root, CHART), ratioChart(result).outerHTML + "\n");
  const path = join(root, "README.md");
  const updated = withBench(await Deno.readTextFile(path), { result, webgpu });
  await writeFileAtomically(path, await formatWithDeno(updated, { extension: "md", root }));
}

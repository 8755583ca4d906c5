import { assertEquals, assertStringIncludes } from "@std/assert";
import { figureDescription } from "lib/figures/parts/finish_figure.ts";
import {
  type BenchResult,
  benchSentences,
  ratioChart,
  shapeTitle,
  type WebgpuResult,
  webgpuSentence,
  withBench,
} from "../../bench/readme_performance.ts";

const row = { ours_ms: 1, peer: "pytorch, 2 threads", peer_ms: 2, ratio: 2, peak_share: 0.5 };
const result: BenchResult = {
  peak_gflops: 56.15,
  rows: [
    { ...row, shape: "rnn-h100-t25-b1-v65" },
    { ...row, shape: "lstm-h128x2-t50-b50-v65", ratio: 0.6, peak_share: 0.8 },
    { ...row, shape: "rnn-h100-t25-b1-v65", peer: "tfjs wasm", ratio: 41.7 },
  ],
  memory: [{ shape: "rnn-h100-t25-b1-v65", bytes: 1.5e6 }, {
    shape: "lstm-h128x2-t50-b50-v65",
    bytes: 3e7,
  }],
  generation: [{ peer: "ours", charactersPerSecond: 60_400 }, {
    peer: "tfjs",
    charactersPerSecond: 6_040,
  }],
  growth: ["timeSteps", "batchSize", "hiddenSize", "vocabularySize"]
    .map((size, i) => ({ size, exponent: 1 + i / 10 })),
  d2l: [
    { peer: "ours, 1 thread(s)", seconds: 16, validationLoss: 2 },
    { peer: "ours, 2 thread(s)", seconds: 8.5, validationLoss: 2 },
    { peer: "pytorch, 2 thread(s)", seconds: 16.5, validationLoss: 2 },
  ],
};

const webgpu: WebgpuResult = {
  adapter: "llvmpipe",
  rows: [{
    shape: "lstm-h128-t64-b32-v65",
    ...{ fused_dispatches: 100, stock_dispatches: 3000, fused_cpu_ms: 700, stock_cpu_ms: 2800 },
  }],
};

Deno.test("webgpuSentence() compares dispatches and processor time", () => {
  const text = webgpuSentence(webgpu);
  assertStringIncludes(text, "(LSTM H128, T64 B32 V65) takes 100 dispatches");
  assertStringIncludes(text, "takes 3000, 30 times fewer, and 4 times less processor time on llvm");
});

Deno.test("shapeTitle() writes out a shape's name", () => {
  assertEquals(shapeTitle("lstm-h128x2-t50-b50-v65"), "LSTM H128 x 2, T50 B50 V65");
});

Deno.test("benchSentences() says what is slower, and what the peak would allow", () => {
  const [overall, why, rest] = benchSentences(result);
  assertStringIncludes(overall, "at 1 of 2 shapes, and at least 41 times");
  assertStringIncludes(overall, "8.5 s, PyTorch 16.5 s");
  assertStringIncludes(why, "LSTM H128 x 2, T50 B50 V65 (0.6 times its speed)");
  assertStringIncludes(why, "80 % of what");
  assertStringIncludes(why, "(56.1 GFLOPS a thread); at all of it the ratios would be 0.75.");
  assertStringIncludes(rest, "60,000 characters a second, 10 times as many");
  assertStringIncludes(rest, "T^1, B^1.1, H^1.2 and V^1.3");
  assertStringIncludes(rest, "1.5 MB (RNN H100, T25 B1 V65) to 30 MB of memory");
  assertEquals(benchSentences({ ...result, rows: [result.rows[0], result.rows[2]] }).length, 2);
});

const wideRow = { ...row, ours_ms: 2, wide_ms: 1, wide_ratio: 4 };
const wideResult: BenchResult = {
  ...result,
  rows: [
    { ...wideRow, shape: "rnn-h100-t25-b1-v65" },
    { ...wideRow, shape: "lstm-h128x2-t50-b50-v65", wide_ms: 1.5, wide_ratio: 0.9 },
    result.rows[2],
  ],
  generation: [...result.generation, { peer: "wide, 1 thread", charactersPerSecond: 200_000 }],
  d2l: [...result.d2l, { peer: "wide, 2 thread(s)", seconds: 6, validationLoss: 2 }],
};

Deno.test("benchSentences() says what wide registers change, where they were timed", () => {
  const text = benchSentences(wideResult).find((sentence) => sentence.startsWith("V8"))!;
  assertStringIncludes(text, "`DENO_V8_FLAGS=--no-wasm-bounds-checks,--experimental-wasm-rev");
  assertStringIncludes(text, "takes 0.5 to 0.75 of that time");
  assertStringIncludes(text, "at 1 of 2 shapes (least 0.9 times)");
  assertStringIncludes(text, "takes 6 s so, and the LSTM below writes 200,000 characters");
});

Deno.test("ratioChart() shows both registers side by side", () => {
  const description = figureDescription(ratioChart(wideResult));
  assertStringIncludes(description, "RNN H100, T25 B1, as it comes: 2; RNN H100, T25 B1, 256 bit");
});

Deno.test("ratioChart() has a bar for each shape that PyTorch was timed at", () => {
  const description = figureDescription(ratioChart(result));
  assertStringIncludes(description, "RNN H100, T25 B1: 2; LSTM H128 x 2, T50 B50: 0.6");
});

Deno.test("withBench() replaces what stands between the markers, and leaves other texts alone", () => {
  const readme = "a\n<!-- bench:start -->\nold\n<!-- bench:end -->\nb";
  const updated = withBench(readme, { result, webgpu });
  assertEquals([updated.startsWith("a\n"), updated.endsWith("\nb")], [true, true]);
  assertEquals([updated.includes("old"), updated.includes("results/bench.svg")], [false, true]);
  assertEquals(withBench("no markers", { result, webgpu }), "no markers");
});

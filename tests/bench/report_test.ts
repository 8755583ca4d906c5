import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { fitExponent } from "../../bench/growth.ts";
import { kernelMemory } from "../../bench/kernel_memory.ts";
import { best, interleave, summarise } from "../../bench/interleave.ts";
import { startLineProcess } from "../../bench/line_process.ts";
import { describeTimings, digits, rowsOf } from "../../bench/report.ts";
import { shapeOf, SHAPES, stepOperations } from "../../bench/shapes.ts";
import { TextLineStream } from "../../bench/text_line_stream.ts";

Deno.test("summarise() gives median and spread, best() the fastest of a library", () => {
  const slow = summarise("ours, 1 thread", [3, 1, 2]);
  const fast = summarise("ours, 2 threads", [1, 4, 1, 2]);
  assertEquals([slow.median, slow.spread.low, slow.spread.high], [2, 1, 3]);
  assertEquals(fast.median, 1.5);
  assertEquals(best([slow, fast, summarise("tfjs wasm", [0])], "ours"), fast);
  assertEquals(best([slow], "pytorch"), undefined);
});

Deno.test("interleave() gives each contender its turn in each round", async () => {
  const turns: string[] = [];
  const contender = (name: string) => ({
    name,
    run(count: number) {
      turns.push(name);
      return 30 * count;
    },
    close() {},
  });
  const timings = await interleave([contender("a"), contender("b")], {
    rounds: 3,
    milliseconds: 1,
  });
  assertEquals(turns.slice(-6), ["a", "b", "a", "b", "a", "b"]);
  assertEquals(timings.map(({ median }) => median), [30, 30]);
});

Deno.test("rowsOf() compares the best of each library", () => {
  const shape = shapeOf({
    ...{ cell: "lstm", hiddenSize: 10, timeSteps: 2, batchSize: 5, vocabularySize: 10 },
  });
  assertEquals(stepOperations(shape), 6 * 10 * 10 * 50);
  const timings = [
    summarise("ours, 1 thread", [2]),
    summarise("ours, 2 threads", [1]),
    summarise("pytorch, 1 thread", [3]),
  ];
  const [row] = rowsOf(shape, { timings, peak: 0.03 });
  assertEquals([row.ours_ms, row.peer, row.ratio], [1, "pytorch, 1 thread", 3]);
  assertEquals("wide_ms" in row, false);
  const [both] = rowsOf(shape, {
    timings: [...timings, summarise("wide, 2 threads", [0.5])],
    peak: 0.03,
  });
  assertEquals([both.ours_ms, both.ratio, both.wide_ms, both.wide_ratio], [1, 3, 0.5, 6]);
  assertAlmostEquals(row.peak_share, 0.5);
  assert(describeTimings(timings).includes("ours, 2 threads      1 ms"));
  assertEquals([digits(1234.5), digits(0.012345)], ["1235", "0.0123"]);
});

Deno.test("fitExponent() of a power law is its power", () => {
  const points = [1, 2, 4, 8].map((value) => ({ value, milliseconds: 3 * value ** 1.5 }));
  assertAlmostEquals(fitExponent(points), 1.5);
});

Deno.test("kernelMemory() counts at least the parameters, their gradients and the activations", () => {
  const shape = SHAPES.find(({ name }) => name === "lstm-h128x2-t50-b50-v65")!;
  const [{ bytes }] = kernelMemory([shape]);
  const parameters = 4 * (65 * 512 + 3 * 128 * 512 + 128 * 65), rows = 50 * 50;
  const activations = 4 * rows * 2 * (512 + 3 * 128);
  assert(bytes > 3 * parameters + activations && bytes < 2 * (3 * parameters + activations));
});

Deno.test("SHAPES are ten, and their names tell them apart", () => {
  assertEquals(new Set(SHAPES.map(({ name }) => name)).size, 10);
  assertEquals(SHAPES[7].name, "lstm-h128x2-t50-b50-v65");
});

Deno.test("TextLineStream cuts chunks into lines", async () => {
  const stream = ReadableStream.from(["a\nb", "c\n\nd"]).pipeThrough(new TextLineStream());
  assertEquals(await Array.fromAsync(stream), ["a", "bc", "", "d"]);
});

Deno.test("startLineProcess() calls a session in another process, and says that it ended", async () => {
  const program = `const { readable } = Deno.stdin;
    for await (const chunk of readable.pipeThrough(new TextDecoderStream())) {
      console.log(JSON.stringify(JSON.parse(chunk).arguments.toReversed()));
    }`;
  const session = startLineProcess(Deno.execPath(), { args: ["eval", program] });
  assertEquals(await session.call("reverse", 1, "two"), ["two", 1]);
  assertEquals(await session.call("reverse", 3), [3]);
  await session.close();
  const silent = startLineProcess(Deno.execPath(), { args: ["eval", "await 0"] });
  await assertRejects(() => silent.call("reverse", 1), Error, "ended before it answered reverse");
});

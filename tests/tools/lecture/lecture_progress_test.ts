import { assertEquals, assertStringIncludes } from "@std/assert";
import { clock, LectureProgress } from "tools/lecture/lecture_progress.ts";

function recorder(isTerminal: boolean) {
  const written: string[] = [];
  const time = { now: 0 };
  const target = {
    write: (text: string) => void written.push(text),
    isTerminal,
    width: () => 40,
    now: () => time.now,
  };
  return { written, time, progress: new LectureProgress(target) };
}

function cellOutput(text: string) {
  return {
    type: "cell-output" as const,
    cellIndex: 3,
    cellCount: 30,
    elapsedSeconds: 1,
    output: { output_type: "display_data" as const, data: { "text/plain": text }, metadata: {} },
    outputs: [],
  };
}

Deno.test("LectureProgress rewrites one line in a terminal, within its width", () => {
  const { written, time, progress } = recorder(true);
  progress.start("3_gradients");
  time.now = 67_000;
  progress.report("3_gradients", cellOutput("update 120 of 400 (30 %), loss 2.31 nats"));
  progress.note("hello");
  progress.close();
  const line = written.findLast((text) => text.includes("3_gradients"))!;
  assertStringIncludes(line, "\r\x1b[2K3_gradients  cell 4/30  1:07  update");
  assertEquals(line.includes("\n"), false);
  assertEquals(line.replace("\r\x1b[2K", "").length, 39);
});

Deno.test("LectureProgress writes plain lines elsewhere, no more than one in two seconds", () => {
  const { written, time, progress } = recorder(false);
  progress.start("1_a");
  for (const now of [100, 2100, 2200]) {
    time.now = now;
    progress.report("1_a", cellOutput(`at ${now}`));
  }
  time.now = 3000;
  progress.finish("1_a", "done, 3 cells");
  progress.close();
  assertEquals(written, [
    "1_a  starting\n",
    "1_a  cell 4/30  0:02  at 2100\n",
    "1_a  done, 3 cells  0:03\n",
  ]);
});

Deno.test("clock() counts minutes and seconds", () => {
  assertEquals([clock(0), clock(59_999), clock(3_661_000)], ["0:00", "0:59", "61:01"]);
});

import { assertEquals, assertThrows } from "@std/assert";
import { fittingStreamWindows, streamWindows } from "lib/text/windows/stream_windows.ts";

const ids = Int32Array.from({ length: 100 }, (_, place) => place);

Deno.test("streamWindows() lets every row go on where it ended, targets one ahead of inputs", () => {
  const schedule = streamWindows(ids, { batchSize: 3, unrollLength: 4 });
  assertEquals(schedule.stepsPerEpoch, 8); // streams of 33 inputs
  for (let row = 0; row < 3; row++) {
    const read: number[] = [];
    for (let trainingStep = 0; trainingStep < 8; trainingStep++) {
      const window = schedule.window(trainingStep);
      for (let timeStep = 0; timeStep < 4; timeStep++) {
        read.push(window.inputIds[timeStep * 3 + row]);
        assertEquals(
          window.targetIds[timeStep * 3 + row],
          window.inputIds[timeStep * 3 + row] + 1,
        );
      }
    }
    assertEquals(read, Array.from({ length: 32 }, (_, place) => row * 33 + place));
  }
});

Deno.test("streamWindows() starts afresh only at the first window of an epoch", () => {
  const schedule = streamWindows(ids, { batchSize: 3, unrollLength: 16 });
  assertEquals(
    [0, 1, 2, 3, 4].map((trainingStep) => schedule.window(trainingStep).continues),
    [false, true, false, true, false],
  );
  assertEquals(schedule.window(5), schedule.window(1));
});

Deno.test("streamWindows() uses a text that just suffices, and refuses one id less", () => {
  const schedule = streamWindows(ids.subarray(0, 13), { batchSize: 3, unrollLength: 4 });
  assertEquals(schedule.stepsPerEpoch, 1);
  assertEquals(schedule.window(0).targetIds.at(-1), 12);
  assertThrows(
    () => streamWindows(ids.subarray(0, 12), { batchSize: 3, unrollLength: 4 }),
    RangeError,
    "3 streams of 4 time steps need 13 ids, got 12",
  );
});

Deno.test("fittingStreamWindows() is streamWindows() wherever the text is long enough", () => {
  const ids = Int32Array.from({ length: 200 }, (_, at) => at);
  const sizes = { batchSize: 4, unrollLength: 8 };
  const [fitting, strict] = [fittingStreamWindows(ids, sizes), streamWindows(ids, sizes)];
  assertEquals(fitting.stepsPerEpoch, strict.stepsPerEpoch);
  assertEquals(fitting.window(3), strict.window(3));
});

Deno.test("fittingStreamWindows() takes fewer streams, then shorter ones", () => {
  const sizes = (length: number) =>
    fittingStreamWindows(new Int32Array(length), { batchSize: 16, unrollLength: 32 }).largestWindow;
  assertEquals(sizes(513), { timeSteps: 32, batchSize: 16 });
  assertEquals(sizes(512), { timeSteps: 32, batchSize: 15 });
  assertEquals(sizes(33), { timeSteps: 32, batchSize: 1 });
  assertEquals(sizes(32), { timeSteps: 31, batchSize: 1 });
  assertEquals(sizes(2), { timeSteps: 1, batchSize: 1 });
  assertThrows(() => sizes(1), RangeError, "at least 2 ids, got 1");
});

import { assertEquals, assertThrows } from "@std/assert";
import { streamWindows } from "lib/text/stream_windows.ts";

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

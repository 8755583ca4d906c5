import { assertEquals, assertThrows } from "@std/assert";
import { slidingWindows } from "lib/text/windows/sliding_windows.ts";

const ids = Int32Array.from({ length: 15_033 }, (_, place) => 7 * place);

/** First input of every row, and a check that the row runs on from it. */
function rowStarts(window: ReturnType<ReturnType<typeof slidingWindows>["window"]>): number[] {
  const { inputIds, targetIds, timeSteps, batchSize } = window;
  return Array.from({ length: batchSize }, (_, row) => {
    for (let timeStep = 0; timeStep < timeSteps; timeStep++) {
      const place = timeStep * batchSize + row;
      assertEquals(inputIds[place], inputIds[row] + 7 * timeStep);
      assertEquals(targetIds[place], inputIds[place] + 7);
    }
    return inputIds[row] / 7;
  });
}

Deno.test("slidingWindows() gives the book's setting: 10,000 windows of 32 in 10 steps", () => {
  const settings = { windowCount: 10_000, unrollLength: 32, batchSize: 1024 };
  const schedule = slidingWindows(ids.subarray(0, 10_032), { ...settings, seed: 1 });
  assertEquals(schedule.stepsPerEpoch, 10);
  assertEquals(schedule.window(0).batchSize, 1024);
  assertEquals(schedule.window(9).batchSize, 784);
  assertEquals(schedule.window(0).continues, false);
  const seen = Array.from({ length: 10 }, (_, step) => rowStarts(schedule.window(step))).flat();
  assertEquals(
    seen.sort((left, right) => left - right),
    Array.from({ length: 10_000 }, (_, i) => i),
  );
  assertThrows(
    () => slidingWindows(ids.subarray(0, 10_031), { ...settings, seed: 1 }),
    RangeError,
    "need 10032 ids, got 10031",
  );
});

Deno.test("slidingWindows() without a seed follows the text from its first window on", () => {
  const schedule = slidingWindows(ids, {
    windowCount: 5_000,
    unrollLength: 32,
    batchSize: 1024,
    firstWindow: 10_000,
  });
  assertEquals(rowStarts(schedule.window(0))[0], 10_000);
  assertEquals(rowStarts(schedule.window(4)).at(-1), 14_999);
});

Deno.test("slidingWindows() shuffles each epoch anew, the same again for the same seed", () => {
  const settings = { windowCount: 50, unrollLength: 3, batchSize: 50 };
  const schedule = slidingWindows(ids, { ...settings, seed: 1 });
  const epochs = [0, 1, 0].map((epoch) => rowStarts(schedule.window(epoch)));
  assertEquals(epochs[0], epochs[2]); // asked again after another epoch
  assertEquals(epochs[0].filter((start, row) => start === epochs[1][row]).length < 10, true);
  assertEquals(rowStarts(slidingWindows(ids, { ...settings, seed: 1 }).window(1)), epochs[1]);
  const other = rowStarts(slidingWindows(ids, { ...settings, seed: 2 }).window(0));
  assertEquals(epochs[0].filter((start, row) => start === other[row]).length < 10, true);
});

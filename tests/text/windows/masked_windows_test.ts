import { assert, assertEquals, assertThrows } from "@std/assert";
import { maskedWindows } from "lib/text/windows/masked_windows.ts";

const sequences = [Int32Array.of(0, 1, 2, 0), Int32Array.of(2, 2, 1, 0)];
const options = { batchSize: 200, maskId: 9, maskShare: 0.25, seed: 1 };

Deno.test("maskedWindows(): gaps where the mask is, the text elsewhere, every row with a gap", () => {
  const { inputIds, targetIds, mask, timeSteps, batchSize } = maskedWindows(sequences, options)
    .window(3);
  assertEquals([timeSteps, batchSize], [4, 200]);
  let hidden = 0;
  for (let row = 0; row < batchSize; row++) {
    const places = [0, 1, 2, 3].map((time) => time * batchSize + row);
    const text = places.map((place) => targetIds[place]).join("");
    assert(text === "0120" || text === "2210");
    for (const place of places) {
      assertEquals(inputIds[place], mask![place] ? 9 : targetIds[place]);
      hidden += mask![place];
    }
    assert(places.some((place) => mask![place] === 1));
  }
  // One certain gap of four, and a quarter of the other three: 1.75 a row.
  assert(Math.abs(hidden / batchSize - 1.75) < 0.2);
});

Deno.test("maskedWindows() depends on step and seed alone", () => {
  const window = (seed: number, step: number) =>
    maskedWindows(sequences, { ...options, seed }).window(step).inputIds;
  assertEquals(window(1, 5), window(1, 5));
  assert(window(1, 5).join() !== window(1, 6).join());
  assert(window(1, 5).join() !== window(2, 5).join());
});

Deno.test("maskedWindows() refuses sequences of several lengths and shares outside (0, 1]", () => {
  assertThrows(() => maskedWindows([Int32Array.of(1), Int32Array.of(1, 2)], options), RangeError);
  assertThrows(
    () => maskedWindows(sequences, { ...options, maskShare: 0 }),
    RangeError,
    "share of 0",
  );
});

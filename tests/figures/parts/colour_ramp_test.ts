import { assertEquals, assertThrows } from "@std/assert";
import { missingColour, steppedRamp } from "lib/figures/parts/colour_ramp.ts";

const ramp = { label: "norm", unit: null };

Deno.test("steppedRamp() has one colour more than thresholds, all round numbers", () => {
  const { thresholds, colours } = steppedRamp({ ...ramp, steps: 5 }, [0.1, 3.9, NaN, -Infinity]);
  assertEquals(thresholds, [1, 2, 3]);
  assertEquals(colours.length, 4);
});

Deno.test("steppedRamp() gives a value at a threshold the colour above it", () => {
  const { colours, colourOf } = steppedRamp({ ...ramp, steps: 5 }, [0, 4]);
  assertEquals(colourOf(0.99), colours[0]);
  assertEquals(colourOf(1), colours[1]);
});

Deno.test("steppedRamp() gives infinities the end colours and NaN grey", () => {
  const { colours, colourOf } = steppedRamp(ramp, [0, 4]);
  assertEquals(colourOf(-Infinity), colours[0]);
  assertEquals(colourOf(Infinity), colours.at(-1));
  assertEquals(colourOf(NaN), missingColour);
});

Deno.test("steppedRamp() that diverges has blue below the centre and red above", () => {
  const { colourOf } = steppedRamp({ ...ramp, kind: "diverging", centre: 1 }, [-9, 11]);
  const channels = (colour: string) => [1, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const [redBelow, blueBelow] = channels(colourOf(-8));
  const [redAbove, blueAbove] = channels(colourOf(10));
  assertEquals(blueBelow > redBelow && redAbove > blueAbove, true);
});

Deno.test("steppedRamp() that runs one way gets darker all the way, so that it survives greyscale", () => {
  const { colours } = steppedRamp({ ...ramp, steps: 12 }, [0, 10]);
  const lightness = colours.map((colour) =>
    [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
      .reduce((sum, channel, index) => sum + channel * [0.2126, 0.7152, 0.0722][index], 0)
  );
  assertEquals(lightness, [...lightness].sort((a, b) => b - a));
});

Deno.test("steppedRamp() refuses values none of which is finite", () => {
  assertThrows(() => steppedRamp(ramp, [NaN]), RangeError, 'colours for "norm"');
});

import { assertEquals, assertThrows } from "@std/assert";
import { axisTitle, fitAxis, roundTicks } from "lib/figures/parts/axis.ts";

const axis = { label: "loss", unit: "nats" };

Deno.test("axisTitle() has the unit, and none for a pure number", () => {
  assertEquals(axisTitle(axis), "loss (nats)");
  assertEquals(axisTitle({ label: "norm", unit: null }), "norm");
});

Deno.test("roundTicks() steps by 1, 2 or 5 times a power of ten, without rounding dust", () => {
  assertEquals(roundTicks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assertEquals(roundTicks(0.1, 0.33, 5), [0.1, 0.15, 0.2, 0.25, 0.3]);
  assertEquals(roundTicks(-7, 12, 4), [-5, 0, 5, 10]);
});

Deno.test("fitAxis() covers the finite values and ends on ticks where that costs little", () => {
  const fitted = fitAxis(axis, { values: [0.1, 3.9, NaN, Infinity] });
  assertEquals(fitted.domain, { low: 0, high: 4 });
  assertEquals(fitted.ticks.map(({ text }) => text), ["0", "1", "2", "3", "4"]);
});

Deno.test("fitAxis() keeps the domain that is stated", () => {
  const domain = { low: -1, high: 1 };
  assertEquals(fitAxis({ ...axis, domain }, { values: [5] }).domain, domain);
});

Deno.test("fitAxis() widens a single value", () => {
  assertEquals(fitAxis(axis, { values: [10], round: false }).domain, { low: 9, high: 11 });
  assertEquals(fitAxis(axis, { values: [0], round: false }).domain, { low: -1, high: 1 });
});

Deno.test("fitAxis() on a log axis leaves out what has no logarithm and ticks whole powers", () => {
  const fitted = fitAxis({ ...axis, scale: "log" }, { values: [0, -3, 1, 1e4], round: false });
  assertEquals(fitted.domain, { low: 1, high: 1e4 });
  assertEquals(fitted.ticks.map(({ text }) => text), ["1", "10", "10²", "10³", "10⁴"]);
});

Deno.test("fitAxis() on a narrow log axis ticks plain numbers", () => {
  const fitted = fitAxis({ ...axis, scale: "log" }, { values: [1, 2], round: false });
  assertEquals(fitted.ticks.map(({ text }) => text), ["1", "1.2", "1.4", "1.6", "1.8", "2"]);
});

Deno.test("fitAxis() of exponents shows powers of ten beyond the range of a double", () => {
  const fitted = fitAxis({ ...axis, scale: "exponent" }, { values: [-400, 0], round: false });
  assertEquals(fitted.ticks.map(({ text }) => text).slice(0, 2), ["10⁻⁴⁰⁰", "10⁻³⁰⁰"]);
});

Deno.test("fitAxis() refuses to show nothing", () => {
  assertThrows(() => fitAxis(axis, { values: [NaN] }), RangeError, 'the axis "loss"');
});

Deno.test("fitAxis() with names has a tick for each place, in order, and no amounts", () => {
  const fitted = fitAxis({ ...axis, names: ["a", "b", "c"] }, {
    values: [-0.5, 2.5],
    round: false,
  });
  assertEquals(fitted.ticks, [{ value: 0, text: "a" }, { value: 1, text: "b" }, {
    value: 2,
    text: "c",
  }]);
  assertEquals([fitted.domain, fitted.isCategorical], [{ low: -0.5, high: 2.5 }, true]);
});

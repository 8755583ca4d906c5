import { assertEquals } from "@std/assert";
import { numberText, powerOfTenText, superscript } from "lib/figures/parts/number_text.ts";

Deno.test("numberText() keeps four significant digits and every digit of an integer", () => {
  assertEquals(
    [Math.PI, 1234.5678, 0.012345678, 178360, 1048576, 28, 9999].map((value) => numberText(value)),
    ["3.142", "1235", "0.01235", "178,360", "1,048,576", "28", "9999"],
  );
});

Deno.test("numberText() writes powers of ten where zeros would have to be counted", () => {
  assertEquals([1e-12, 2.5e9, -3.2e-5, 1e7].map((value) => numberText(value)), [
    "10⁻¹²",
    "2.5·10⁹",
    "−3.2·10⁻⁵",
    "10⁷",
  ]);
});

Deno.test("numberText() names what is no number", () => {
  assertEquals([NaN, Infinity, -Infinity, -0].map((value) => numberText(value)), [
    "not a number",
    "∞",
    "−∞",
    "0",
  ]);
});

Deno.test("numberText() keeps zeros on request", () => {
  const texts = [2, 0.5, 1.9].map((value) => numberText(value, { digits: 3, keepZeros: true }));
  assertEquals(texts, ["2.00", "0.500", "1.90"]);
});

Deno.test("powerOfTenText() is short where the power is", () => {
  assertEquals([0, 1, 2, -3, 0.5].map(powerOfTenText), ["1", "10", "10²", "10⁻³", "3.162"]);
  assertEquals(superscript(-40), "⁻⁴⁰");
});

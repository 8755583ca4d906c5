import { assertEquals } from "@std/assert";
import { steppedRamp } from "lib/figures/parts/colour_ramp.ts";
import { lyingColourScale, rampText, uprightColourScale } from "lib/figures/parts/colour_scale.ts";

const ramp = { label: "norm", unit: "nats", scale: "exponent" as const, steps: 5 };
const stepped = steppedRamp(ramp, [-4, 0]);

Deno.test("rampText() writes exponents as powers of ten", () => {
  assertEquals(rampText(-3, ramp), "10⁻³");
  assertEquals(rampText(0.25, { ...ramp, scale: "linear" }), "0.25");
});

Deno.test("uprightColourScale() has a swatch for each colour and a text at each threshold", () => {
  const scale = uprightColourScale({ ramp, stepped, x: 0, y: 0, hasMissing: true });
  assertEquals([...scale.querySelectorAll("rect")].length, stepped.colours.length + 1);
  assertEquals([...scale.querySelectorAll("text")].map((text) => text.textContent), [
    "norm (nats)",
    "10⁻³",
    "10⁻²",
    "10⁻¹",
    "not a number",
  ]);
});

Deno.test("lyingColourScale() puts thresholds between its swatches", () => {
  const scale = lyingColourScale({ ramp, stepped, x: 0, y: 0 });
  const starts = [...scale.querySelectorAll("rect")].map((rect) => rect.getAttribute("x"));
  const [, ...texts] = [...scale.querySelectorAll("text")].map((text) => text.getAttribute("x"));
  assertEquals(texts, starts.slice(1));
});

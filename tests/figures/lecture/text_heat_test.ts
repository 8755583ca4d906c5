import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { figureDescription } from "lib/figures/parts/finish_figure.ts";
import { textHeat } from "lib/figures/lecture/text_heat.ts";
import { figureSamples } from "../figure_samples.ts";
import { assertSnapshot } from "../snapshot.ts";

const colour = { label: "loss", unit: "nats" };

Deno.test("textHeat() matches its snapshot", () =>
  assertSnapshot("text_heat", figureSamples.text_heat()));

Deno.test("textHeat() gives every letter its own place, and long characters their own text", () => {
  const lines = [...figureSamples.text_heat().querySelectorAll("text")]
    .filter((text) => text.getAttribute("font-family"));
  for (const line of lines) {
    const places = line.getAttribute("x")!.split(" ").length;
    assertEquals([...line.textContent!].length, places);
  }
  assertEquals(lines.filter(({ textContent }) => textContent === "🙂").length, 1);
});

Deno.test("textHeat() breaks lines at line breaks, which it shows", () => {
  const characters = [..."ab\ncd"].map((character, value) => ({ character, value }));
  const figure = textHeat(characters, { title: "t", colour });
  const lines = [...figure.querySelectorAll("text")]
    .filter((text) => text.getAttribute("font-family")).map((text) => text.textContent);
  assertEquals(lines, ["ab↵", "cd"]);
  assertStringIncludes(figureDescription(figure), 'Highest: 4 at "d".');
});

Deno.test("textHeat() refuses an empty text", () => {
  assertThrows(() => textHeat([], { title: "t", colour }), RangeError, "no characters");
});

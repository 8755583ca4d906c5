import { assertEquals, assertStringIncludes } from "@std/assert";
import {
  figureThemeCss,
  figureThemes,
  resolveTheme,
  seriesColour,
  seriesColours,
  themeColour,
} from "lib/figures/parts/figure_style.ts";

/** Contrast by WCAG 2.2. */
function contrast(first: string, second: string): number {
  const [light, dark] = [first, second].map((colour) =>
    [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
      .reduce((sum, channel, index) => sum + channel * [0.2126, 0.7152, 0.0722][index], 0)
  ).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

Deno.test("figureThemes have text contrast on their own paper", () => {
  for (const { paper, ...colours } of Object.values(figureThemes)) {
    for (const [name, colour] of Object.entries(colours)) {
      assertEquals(contrast(colour, paper) >= 4.5, true, name);
    }
  }
});

Deno.test("figureThemes' light series colours show on dark paper too", () => {
  const { ink: _ink, paper: _paper, ...colours } = figureThemes.light;
  for (const [name, colour] of Object.entries(colours)) {
    assertEquals(contrast(colour, figureThemes.dark.paper) >= 3, true, name);
  }
});

Deno.test("seriesColour() repeats after six different colours", () => {
  assertEquals(new Set(seriesColours).size, 6);
  assertEquals(seriesColour(7), seriesColour(1));
});

Deno.test("resolveTheme() replaces every variable of ours and no other", () => {
  const svg = `<g fill="${themeColour("ink")}" stroke="var(--other, #123456)"/>`;
  assertEquals(resolveTheme(svg, "dark"), '<g fill="#e8e8e8" stroke="var(--other, #123456)"/>');
  assertEquals(resolveTheme(svg, "light"), '<g fill="#1b1b1b" stroke="var(--other, #123456)"/>');
});

Deno.test("figureThemeCss() sets every colour for light and for dark", () => {
  assertStringIncludes(figureThemeCss(), "--unrolled-blue: light-dark(#0072b2, #56b4e9);");
  assertEquals(figureThemeCss().match(/light-dark/g)?.length, 8);
});

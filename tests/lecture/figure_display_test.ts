import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { lineChart } from "lib/figures/line_chart.ts";
import { messageLimit, recordDisplays } from "lib/lecture/display_message.ts";
import { figureBundle, figureMime, showFigure } from "lib/lecture/figure_display.ts";

const figure = lineChart([{ label: "a", points: [{ x: 0, y: 1 }, { x: 1, y: 2 }] }], {
  title: "Growth",
  x: { label: "time", unit: "s" },
  y: { label: "size", unit: "m" },
});

Deno.test("showFigure() sends the figure, then its caption", async () => {
  const messages = await recordDisplays(() => showFigure(figure, { caption: "See it **grow**." }));
  assertEquals(messages.map(({ data }) => Object.keys(data)), [
    ["image/svg+xml", figureMime, "text/plain"],
    ["text/markdown", "text/plain"],
  ]);
  assertEquals(messages[1].data["text/markdown"], "See it **grow**.");
});

Deno.test("figureBundle() takes alternative text and data from the figure, data once", () => {
  const bundle = figureBundle(figure, { caption: "c" });
  const alt = "Chart of size (m) against time (s). Measured, a: 1 at 0, 2 at 1.";
  assertEquals(bundle[figureMime], {
    caption: "c",
    alt,
    csv: "series,kind,x,y,low,high\r\na,measured,0,1,,\r\na,measured,1,2,,\r\n",
  });
  assertEquals(bundle["text/plain"], alt);
  assertEquals((bundle["image/svg+xml"] as string).includes("<metadata>"), false);
});

Deno.test("figureBundle() leaves the figure itself as it was", () => {
  const before = figure.outerHTML;
  figureBundle(figure, { caption: "c", alt: "other words" });
  assertEquals(figure.outerHTML, before);
});

Deno.test("figureBundle() puts given words and data in place of the figure's own", () => {
  const bundle = figureBundle(figure, { caption: "c", alt: "It <grows>.", data: [{ t: 1 }] });
  assertStringIncludes(bundle["image/svg+xml"] as string, "<desc>It &lt;grows&gt;.</desc>");
  assertEquals((bundle[figureMime] as { csv: string }).csv, "t\r\n1\r\n");
});

Deno.test("figureBundle() leaves data out that would make the message too large", () => {
  const data = [{ text: "x".repeat(messageLimit) }];
  assertEquals(figureBundle(figure, { caption: "c", data })[figureMime], {
    caption: "c",
    alt: "Chart of size (m) against time (s). Measured, a: 1 at 0, 2 at 1.",
  });
});

Deno.test("figureBundle() insists on alternative text", () => {
  assertThrows(() => figureBundle(figure, { caption: "c", alt: " " }), TypeError, "alternative");
});

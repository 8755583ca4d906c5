import { assertEquals } from "@std/assert";
import { fitAxis } from "lib/figures/parts/axis.ts";
import { referenceLabels, topLabelRoom } from "lib/figures/parts/reference_lines.ts";
import { figureSamples } from "../figure_samples.ts";

const references = [
  { label: "floor", y: 1 },
  { label: "epoch ends", x: 5 },
  { label: "nowhere", y: Infinity },
];

Deno.test("referenceLabels() puts levels at the right end of the x axis", () => {
  const x = fitAxis({ label: "x", unit: "s" }, { values: [0, 10], round: false });
  assertEquals(referenceLabels(references, { x }), [{ text: "floor", x: 10, y: 1 }]);
});

Deno.test("topLabelRoom() gives each vertical line a row of its own", () => {
  assertEquals(topLabelRoom(references), 18);
  assertEquals(topLabelRoom([...references, { label: "another", x: 6 }]), 36);
});

Deno.test("referenceMarks() are dashed", () => {
  const dashed = [...figureSamples.line_chart().querySelectorAll("[stroke-dasharray='7 4']")];
  // One level, one position, and the line of theory.
  assertEquals(dashed.length, 3);
});

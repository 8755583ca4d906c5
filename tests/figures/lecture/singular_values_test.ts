import { assertEquals, assertStringIncludes } from "@std/assert";
import { boundChart, singularValues } from "lib/figures/lecture/singular_values.ts";
import { figureCsv, figureDescription } from "lib/figures/parts/finish_figure.ts";
import { figureSamples } from "../figure_samples.ts";
import { assertSnapshot } from "../snapshot.ts";

Deno.test("singularValues() matches its snapshot", () =>
  assertSnapshot("singular_values", figureSamples.singular_values()));

Deno.test("singularValues() sorts each distance's values, largest first", () => {
  const figure = singularValues([{ distance: 3, log10SingularValues: [-5, 2, -1] }]);
  assertEquals(
    figureCsv(figure),
    "distance,rank,log10SingularValue\r\n3,0,2\r\n3,1,-1\r\n3,2,-5\r\n",
  );
  assertStringIncludes(figureDescription(figure), "Measured, median: 10⁻¹ at 3");
});

Deno.test("singularValues() shows nothing below the lowest value asked for", () => {
  const records = [0, 10].map((distance) => ({
    distance,
    log10SingularValues: [0, -10 * distance],
  }));
  const figure = singularValues(records, { lowest: -40 });
  assertEquals(figure.outerHTML.includes("10⁻⁶⁰"), false);
});

Deno.test("boundChart() counts the networks and draws log10 of each ratio", () => {
  const svg = boundChart([
    { cell: "rnn-tanh", distance: 3, ratio: 1 },
    { cell: "rnn-sigmoid", distance: 5, ratio: 0.01 },
  ]).outerHTML;
  assertStringIncludes(svg, "2 random networks");
  assertStringIncludes(svg, "the bound");
  assertStringIncludes(svg, "sigmoid,,5,-2");
});

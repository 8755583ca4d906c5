import { assertEquals, assertStringIncludes } from "@std/assert";
import { formatWithDeno } from "tools/lecture/format_with_deno.ts";
import { readmeMarkers, updateReadme } from "tools/lecture/readme_table.ts";
import { sampleClaim } from "./sample_notebook.ts";

const claims = {
  corpus: "embedded",
  seed: 1,
  backend: "wasm",
  versions: { tfjs: "4.22.0" },
  quick: false,
  claims: [
    sampleClaim({ statement: "P(a | b) is known." }),
    sampleClaim({ id: "Q30.1", verdict: "refuted" }),
  ],
};
const questions = [{
  ...{ prefix: "Q3", title: "What happens?", path: "notebooks/3_gradients.ipynb" },
  shortAnswer: "It vanishes.",
}];

Deno.test("updateReadme() writes both tables between the markers and leaves the rest alone", () => {
  const readme = `# Title\n\n${readmeMarkers.start}\nstale\n${readmeMarkers.end}\n\nafter\n`;
  const updated = updateReadme(readme, { claims, questions })!;
  assertEquals(updated.startsWith(`# Title\n\n${readmeMarkers.start}\n`), true);
  assertEquals(updated.endsWith(`${readmeMarkers.end}\n\nafter\n`), true);
  assertEquals(updated.includes("stale"), false);
  assertStringIncludes(
    updated,
    "| [What happens?](notebooks/3_gradients.ipynb) | It vanishes. | ✓ 1 supported |",
  );
  assertStringIncludes(updated, "<summary>All 2 claims with their numbers</summary>\n\n| Id |");
  assertStringIncludes(updated, "| Q3.1 | P(a \\| b) is known |");
  assertStringIncludes(updated, " | −0.4312 nats per step (−0.5 to −0.39) | below 0 |");
  assertStringIncludes(updated, "corpus embedded, seed 1, backend wasm, tfjs 4.22.0.");
  assertEquals(updateReadme(updated, { claims, questions }), updated);
  const figures = [{ path: "results/figures/a.svg", alt: "A [falling]\nline." }];
  assertStringIncludes(
    updateReadme(readme, { claims, questions, figures })!,
    "\n\n![A falling line.](results/figures/a.svg)\n\n",
  );
});

Deno.test("updateReadme() returns nothing for a README without markers", () => {
  assertEquals(updateReadme("# Title\n", { claims, questions }), undefined);
});

Deno.test("formatWithDeno() formats as the repository's format check asks", async () => {
  const formatted = await formatWithDeno("| a | b |\n|-|-|\n| long | c |\n", {
    extension: "md",
    root: ".",
  });
  assertEquals(formatted, "| a    | b |\n| ---- | - |\n| long | c |\n");
});

import { assertEquals, assertStringIncludes } from "@std/assert";
import { type ClaimDefinition, decide, notApplicable } from "lib/lecture/claim.ts";
import { claimMarkdown, claimPlainText, measurementText } from "lib/lecture/claim_text.ts";
import { above, below } from "lib/lecture/condition.ts";

const definition: ClaimDefinition = {
  id: "Q3.1",
  statement: "The gradient vanishes",
  prediction: "below 1",
  unit: "per step",
  condition: below(1),
};

Deno.test("measurementText() shows unit, runs and spread with sensible digits", () => {
  assertEquals(measurementText(decide(definition, 0.81234567)), "0.8123 per step");
  assertEquals(
    measurementText(decide(definition, [0.7, 0.8, 0.95])),
    "0.8 per step (median of 3 runs, 0.7 to 0.95)",
  );
  assertEquals(measurementText(decide(definition, [0.5, 0.5])), "0.5 per step in each of 2 runs");
});

Deno.test("measurementText() copes with infinity, NaN and pure numbers", () => {
  const pure = { ...definition, unit: "" };
  assertEquals(measurementText(decide(pure, Infinity)), "∞");
  assertEquals(measurementText(decide(pure, [NaN, 1])), "not a number (2 runs)");
});

Deno.test("claimMarkdown() names verdict, prediction, measurement and condition", () => {
  assertEquals(
    claimMarkdown(decide(definition, 0.5)),
    "**Q3.1 · ✓ supported** — The gradient vanishes\n\n" +
      "- Predicted: below 1\n- Measured: **0.5 per step**\n- Holds if below 1: the value is below 1",
  );
});

Deno.test("claimMarkdown() tells what limits a qualified claim", () => {
  const limited = {
    ...definition,
    qualification: { statement: "not for relu", unit: "per step", condition: above(1) },
  };
  const markdown = claimMarkdown(decide(limited, 0.5, { contrast: 1.5 }));
  assertStringIncludes(markdown, "**Q3.1 · ◐ qualified**");
  assertStringIncludes(
    markdown,
    "- Limit found: not for relu — measured 1.5 per step, holds if above 1",
  );
});

Deno.test("claimPlainText() is one line", () => {
  assertEquals(
    claimPlainText(decide(definition, 2)),
    "Q3.1 refuted: The gradient vanishes. Measured 2 per step; holds if below 1.",
  );
});

Deno.test("claimMarkdown() says why a claim is not applicable, and shows no number", () => {
  const claim = notApplicable(definition, "the text has 3 words, at least 20 are needed");
  assertEquals(claimMarkdown(claim).split("\n"), [
    "**Q3.1 · – not applicable** — The gradient vanishes",
    "",
    "- Predicted: below 1",
    "- Not measured: the text has 3 words, at least 20 are needed",
  ]);
  assertStringIncludes(
    claimPlainText(claim),
    "not applicable: The gradient vanishes. Not measured",
  );
});

import { assertEquals } from "@std/assert";
import { seriousProblems } from "tools/browser/accessibility.ts";

Deno.test("seriousProblems() leaves out what only annoys, and names rule and places", () => {
  const problem = { rule: "label", help: "Fields need labels", places: ["#a", "#b", "#c", "#d"] };
  assertEquals(
    seriousProblems([
      { ...problem, impact: "moderate" },
      { ...problem, impact: "serious" },
      { ...problem, impact: "critical", places: ["#e"] },
    ]),
    [
      "serious: Fields need labels (label) at #a, #b, #c",
      "critical: Fields need labels (label) at #e",
    ],
  );
});

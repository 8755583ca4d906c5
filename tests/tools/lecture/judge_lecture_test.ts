import { assertEquals, assertStringIncludes } from "@std/assert";
import type { ClaimRecord } from "tools/lecture/claims_file.ts";
import type { FinishedNotebook } from "tools/lecture/finished_notebook.ts";
import { judgeLecture } from "tools/lecture/judge_lecture.ts";
import { claimOutput, codeCell, sampleClaim, sampleNotebook } from "./sample_notebook.ts";

function finished(
  claims: readonly ClaimRecord[],
  { promised, ...changes }: Partial<FinishedNotebook> & { promised?: readonly string[] } = {},
): FinishedNotebook {
  const cells = claims.map((claim) => codeCell("claim", { outputs: [claimOutput(claim)] }));
  return {
    path: "notebooks/3_gradients.ipynb",
    name: "3_gradients",
    ofLecture: true,
    notebook: sampleNotebook(cells, { claims: promised ?? claims.map(({ id }) => id) }),
    parameters: {},
    seconds: 1,
    ...changes,
  };
}

Deno.test("judgeLecture() finds nothing wrong with a refuted claim that is not exact", () => {
  const claims = [sampleClaim({ verdict: "refuted" }), sampleClaim({ id: "Q3.2", exact: true })];
  const judged = judgeLecture([finished(claims)]);
  assertEquals(judged.problems, []);
  assertEquals(judged.claims, claims);
  assertEquals(judged.claimIds.get("3_gradients"), ["Q3.1", "Q3.2"]);
});

Deno.test("judgeLecture() fails an exact claim that is refuted or only qualified", () => {
  for (const verdict of ["refuted", "qualified"] as const) {
    const { problems } = judgeLecture([finished([sampleClaim({ verdict, exact: true })])]);
    assertEquals(problems.length, 1);
    assertStringIncludes(problems[0], `Q3.1 is declared exact and came out ${verdict}`);
  }
});

Deno.test("judgeLecture() names claims that are missing, not listed, or measured twice", () => {
  const missing = judgeLecture([finished([sampleClaim()], { promised: ["Q3.1", "Q3.2", "Q3.5"] })]);
  assertEquals(missing.problems, ["3_gradients: claims Q3.2, Q3.5 are missing"]);
  const unlisted = judgeLecture([finished([sampleClaim()], { promised: [] })]);
  assertEquals(unlisted.problems, ["3_gradients: claim Q3.1 is not listed in its metadata"]);
  const twice = judgeLecture([finished([sampleClaim(), sampleClaim({ value: 1 })])]);
  assertStringIncludes(twice.problems[0], "Q3.1 is measured twice, in 3_gradients before");
  assertEquals(twice.claims, [sampleClaim()]);
});

Deno.test("judgeLecture() asks promises of the lecture's notebooks, not of others", () => {
  const without = { notebook: sampleNotebook([]) };
  assertStringIncludes(judgeLecture([finished([], without)]).problems[0], "lists no claims");
  assertEquals(judgeLecture([finished([], { ...without, ofLecture: false })]).problems, []);
});

Deno.test("judgeLecture() tells where a run failed, with the lines in question", () => {
  const failure = {
    cellIndex: 4,
    cellNumber: 5,
    kind: "cell-error" as const,
    message: "TypeError: x is not a function",
    excerpt: "1 | x()",
  };
  const { problems } = judgeLecture([finished([], { failure, promised: ["Q3.1"] })]);
  assertEquals(
    problems[0],
    "3_gradients, cell 5: cell error: TypeError: x is not a function\n    1 | x()",
  );
  assertEquals(
    problems[1],
    "3_gradients: claim Q3.1 is missing (the run stopped before the end)",
  );
});

Deno.test("judgeLecture() takes a claim that the text cannot decide for delivered, exact or not", () => {
  const leftOut = { value: null, runs: 0, spread: null, verdict: "not applicable" } as const;
  const claim = sampleClaim({ ...leftOut, exact: true, reason: "the text has no words" });
  const judged = judgeLecture([finished([claim])]);
  assertEquals(judged.problems, []);
  assertEquals(judged.claims, [claim]);
});

Deno.test("judgeLecture() takes no claim without a value that gives no reason, or a verdict", () => {
  for (const change of [{ verdict: "not applicable" }, { reason: "no words" }] as const) {
    const { problems } = judgeLecture([
      finished([sampleClaim({ value: null, runs: 0, ...change })]),
    ]);
    assertStringIncludes(problems[0], "cannot read the claim Q3.1");
    assertStringIncludes(problems[0], "has a value and runs, or is not applicable for a reason");
  }
});

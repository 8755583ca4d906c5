import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { claimsTable, wrap } from "tools/lecture/claims_table.ts";
import { sampleClaim } from "./sample_notebook.ts";

Deno.test("claimsTable() keeps to the width and loses no word", () => {
  const claim = sampleClaim({ statement: "One score per vocabulary entry at every time step" });
  for (const width of [72, 100, 160]) {
    const lines = claimsTable([claim], { width }).split("\n");
    assert(lines.every((line) => line.length <= width), `a line is longer than ${width}`);
    const text = lines.join(" ").replace(/\s+/g, " ");
    for (const word of [...claim.statement.split(" "), "Q3.1", "−0.4312", "supported"]) {
      assertStringIncludes(text, word);
    }
  }
});

Deno.test("claimsTable() shows four significant digits, the range over runs and what is exact", () => {
  const table = claimsTable([sampleClaim({ exact: true, unit: "" })], { width: 200 });
  assertStringIncludes(table, "−0.4312 (−0.5 to −0.39)");
  assertStringIncludes(table, "below 0");
  assertStringIncludes(table, "(exact)");
  assertEquals(claimsTable([], { width: 80 }), "No claims were measured.");
});

Deno.test("wrap() breaks between words and cuts a word only when it must", () => {
  assertEquals(wrap("aa bb cccccc d", 5), ["aa bb", "ccccc", "c d"]);
});

Deno.test("claimsTable() says why a claim is not applicable where its number would stand", () => {
  const leftOut = { value: null, runs: 0, spread: null, verdict: "not applicable" } as const;
  const table = claimsTable([
    sampleClaim({ ...leftOut, reason: "the text has no quotation marks" }),
  ], {
    width: 200,
  });
  assertStringIncludes(table, "the text has no quotation marks");
  assertStringIncludes(table.replace(/\s+/g, " "), "below 0 not applicable");
  assertEquals(table.includes("NaN"), false);
});

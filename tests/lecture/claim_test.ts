import { assertEquals, assertThrows } from "@std/assert";
import { type ClaimDefinition, decide, defineClaim, notApplicable } from "lib/lecture/claim.ts";
import { above, below, within } from "lib/lecture/condition.ts";

const rate: ClaimDefinition = {
  id: "Q3.1",
  statement: "The gradient vanishes",
  prediction: "the rate per step is below 1",
  unit: "per step",
  condition: below(1),
};
const limited: ClaimDefinition = {
  ...rate,
  qualification: {
    statement: "only while the spectral radius is below the threshold",
    unit: "per step",
    condition: above(1),
  },
};

Deno.test("decide() supports a claim that every run satisfies", () => {
  const claim = decide(rate, [0.8, 0.9, 0.7]);
  assertEquals(claim.verdict, "supported");
  assertEquals([claim.value, claim.runs, claim.spread], [0.8, 3, [0.7, 0.9]]);
  assertEquals(claim.values, [0.8, 0.9, 0.7]);
  assertEquals(claim.reason, "all 3 runs are below 1");
});

Deno.test("decide() refutes a claim whose median fails, whatever single runs say", () => {
  const claim = decide(rate, [0.5, 1.2, 1.1]);
  assertEquals(claim.verdict, "refuted");
  assertEquals(claim.reason, "the median 1.1 is not below 1");
});

Deno.test("decide() qualifies a claim that holds in the median but not in every run", () => {
  const claim = decide(rate, [0.8, 0.9, 1.1]);
  assertEquals(claim.verdict, "qualified");
  assertEquals(claim.reason, "the median holds, 1 of 3 runs not below 1");
});

Deno.test("decide() refutes an exact claim that one run fails", () => {
  const exact = { ...rate, exact: true, condition: within(0.5, 1e-9) };
  assertEquals(decide(exact, [0.5, 0.5, 0.5]).verdict, "supported");
  const claim = decide(exact, [0.5, 0.5, 0.6]);
  assertEquals([claim.verdict, claim.exact], ["refuted", true]);
  assertEquals(claim.reason.endsWith("and the claim is exact"), true);
});

Deno.test("decide() qualifies a claim whose declared limit was found", () => {
  const claim = decide(limited, [0.8, 0.9], { contrast: [1.2, 1.4, 0.9] });
  assertEquals(claim.verdict, "qualified");
  assertEquals(claim.qualification, {
    statement: "only while the spectral radius is below the threshold",
    value: 1.2,
    unit: "per step",
    condition: "above 1",
    holds: true,
  });
});

Deno.test("decide() supports a claim whose declared limit was not found", () => {
  const claim = decide(limited, 0.8, { contrast: 0.9 });
  assertEquals([claim.verdict, claim.qualification?.holds], ["supported", false]);
});

Deno.test("decide() refutes a failed claim whether or not its limit was found", () => {
  assertEquals(decide(limited, 1.5, { contrast: 1.2 }).verdict, "refuted");
});

Deno.test("decide() does not take NaN in a contrast for a limit", () => {
  const claim = decide(limited, 0.8, { contrast: NaN });
  assertEquals([claim.verdict, claim.qualification?.value], ["supported", "NaN"]);
});

Deno.test("decide() refuses a declared limit that was not measured, and the other way round", () => {
  assertThrows(() => decide(limited, 0.8), TypeError, "Q3.1: its qualification was not measured");
  assertThrows(() => decide(rate, 0.8, { contrast: 1 }), TypeError, "declares no qualification");
});

Deno.test("decide() refutes where a run is not a number, and says so", () => {
  const claim = decide(rate, [0.8, NaN, 0.9]);
  assertEquals([claim.verdict, claim.value, claim.spread], ["refuted", "NaN", null]);
  assertEquals(claim.reason, "the measurement is not a number in 1 of 3 runs");
});

Deno.test("decide() takes infinity for a measurement and keeps it through JSON", () => {
  const claim = decide({ ...rate, condition: above(100) }, [Infinity, Infinity]);
  assertEquals([claim.verdict, claim.value, claim.spread], [
    "supported",
    "Infinity",
    ["Infinity", "Infinity"],
  ]);
  assertEquals(JSON.parse(JSON.stringify(claim)), claim);
});

Deno.test("decide() throws where nothing was measured", () => {
  assertThrows(() => decide(rate, []), RangeError, "Cannot decide Q3.1: no run was measured");
  assertThrows(() => decide(limited, 0.5, { contrast: [] }), RangeError, "Q3.1's qualification");
});

Deno.test("decide() on a single number has no spread", () => {
  const claim = decide(rate, 0.5);
  assertEquals([claim.runs, claim.spread, claim.reason], [1, null, "the value is below 1"]);
});

Deno.test("defineClaim() refuses an id of another form and missing words", () => {
  assertEquals(defineClaim(rate), rate);
  assertThrows(() => defineClaim({ ...rate, id: "3.1" }), TypeError, 'id "3.1"');
  assertThrows(() => defineClaim({ ...rate, statement: " " }), TypeError, "has no statement");
  assertThrows(() => defineClaim({ ...rate, prediction: "" }), TypeError, "has no prediction");
});

Deno.test("notApplicable() keeps what was claimed and says why nothing was measured", () => {
  const claim = notApplicable({ ...limited, exact: true }, "the text has no words");
  const { statement, prediction, unit } = limited;
  assertEquals(claim, {
    ...{ id: limited.id, statement, prediction, unit, condition: limited.condition.text },
    ...{ value: null, values: [], runs: 0, spread: null, qualification: null },
    ...{ verdict: "not applicable", exact: true, reason: "the text has no words" },
  });
  assertThrows(() => notApplicable(rate, " "), TypeError, "no reason is given");
});

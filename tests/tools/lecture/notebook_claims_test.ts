import { assertEquals, assertStringIncludes } from "@std/assert";
import { settingMime as settingMimeOfLibrary } from "lib/lecture/setting.ts";
import {
  declaredParameters,
  emittedClaims,
  promisedClaims,
  reportedSettings,
  settingMime,
} from "tools/lecture/notebook_claims.ts";
import { claimOutput, codeCell, display, sampleClaim, sampleNotebook } from "./sample_notebook.ts";

Deno.test("emittedClaims() returns the claims in order, with the fields of claims.json and no other", () => {
  const outputs = [claimOutput({ ...sampleClaim(), reason: "all runs", values: [1] })];
  const infinite = sampleClaim({ id: "Q3.2", value: "Infinity", spread: null });
  const notebook = sampleNotebook([
    codeCell("a", { outputs }),
    codeCell("b", { outputs: [claimOutput(infinite)] }),
  ]);
  assertEquals(emittedClaims(notebook), { claims: [sampleClaim(), infinite], malformed: [] });
});

Deno.test("emittedClaims() names a record that is no claim", () => {
  const { verdict: _, ...broken } = sampleClaim({ id: "Q1.2" });
  const cell = codeCell("a", { outputs: [claimOutput(broken), claimOutput({ id: "Q1.3" })] });
  const { claims, malformed } = emittedClaims(sampleNotebook([cell]));
  assertEquals(claims, []);
  assertStringIncludes(malformed[0], "Q1.2: verdict");
  assertStringIncludes(malformed[1], "Q1.3");
});

Deno.test("promisedClaims() reads the notebook's metadata", () => {
  assertEquals(promisedClaims(sampleNotebook([], { claims: ["Q1.1"] })), ["Q1.1"]);
  assertEquals(promisedClaims(sampleNotebook([])), undefined);
});

Deno.test("reportedSettings() finds what openLecture displays", () => {
  assertEquals(settingMime, settingMimeOfLibrary);
  const outputs = [display({ [settingMime]: { backend: "wasm", corpus: "embedded" } })];
  assertEquals(reportedSettings(sampleNotebook([codeCell("a", { outputs })])), {
    backend: "wasm",
    corpus: "embedded",
  });
});

Deno.test("declaredParameters() reads names and plain values of the parameters cell alone", () => {
  const source = "const quick = false;\nconst corpusName: string = 'embedded';\nlet seed = 1;\n" +
    'const path = join("a");';
  const notebook = sampleNotebook([
    codeCell(source, { tags: ["parameters"] }),
    codeCell("const other = 2;"),
  ]);
  assertEquals([...declaredParameters(notebook)], [
    ["quick", false],
    ["corpusName", "embedded"],
    ["seed", 1],
    ["path", undefined],
  ]);
});

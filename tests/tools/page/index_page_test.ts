import { assertEquals, assertStringIncludes } from "@std/assert";
import { renderIndexPage } from "tools/page/index_page.ts";
import { sampleClaim } from "../lecture/sample_notebook.ts";
import { parsePage, sampleLecture, sampleSettings } from "./sample_page.ts";

const claims = {
  ...sampleSettings,
  claims: [
    sampleClaim({ verdict: "refuted" }),
    sampleClaim({ id: "Q4.4", verdict: "qualified", value: "Infinity" }),
  ],
};
const entry = { name: "3_gradients", title: "What happens to $h_t$?", notebook: sampleLecture() };
const html = await renderIndexPage([
  { ...entry, claimIds: ["Q3.1"], failed: false },
  { ...entry, name: "4_problems", title: "What is wrong?", claimIds: ["Q4.4"], failed: true },
], { claims });
const page = parsePage(html);

Deno.test("renderIndexPage() answers each question with what its notebook's answer says", () => {
  const [first, second] = [...page.querySelectorAll(".question")];
  assertEquals(first.querySelector("h2 a")!.getAttribute("href"), "3_gradients.html");
  assertEquals(first.querySelector("p")!.textContent, "Of 1 claim measured: 1 refuted.");
  assertEquals(first.querySelector(".tally")!.textContent.trim(), "✗ 1 refuted");
  assertStringIncludes(second.textContent, "This run stopped before the end.");
});

Deno.test("renderIndexPage() lists every claim with number, condition, verdict and a link to its card", () => {
  const rows = [...page.querySelectorAll(".claims tbody tr")];
  assertEquals(rows.map((row) => row.querySelector("a")!.getAttribute("href")), [
    "3_gradients.html#claim-Q3.1",
    "4_problems.html#claim-Q4.4",
  ]);
  assertStringIncludes(rows[0].textContent, "✗ refuted");
  assertStringIncludes(rows[0].textContent, "−0.4312 nats per step");
  assertStringIncludes(rows[1].textContent, "∞ nats per step");
  assertStringIncludes(rows[1].textContent, "below 0");
});

Deno.test("renderIndexPage() states the setting and is called after the project", () => {
  const settings = page.querySelector(".settings")!.textContent;
  assertEquals(settings, "CorpusembeddedSeed1BackendwasmBudgetsquicktfjs4.22.0");
  const title = page.querySelector("title")!.textContent;
  assertEquals(title, "Unrolled: a lecture lab on recurrent networks");
});

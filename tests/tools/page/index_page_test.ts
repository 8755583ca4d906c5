import { assertEquals, assertStringIncludes } from "@std/assert";
import { renderIndexPage } from "tools/page/index_page.ts";
import { sampleClaim } from "../lecture/sample_notebook.ts";
import { parsePage, sampleLecture, sampleSettings } from "./sample_page.ts";

const claims = {
  ...sampleSettings,
  claims: [
    sampleClaim({ id: "Q3.1a", verdict: "supported" }),
    sampleClaim({ verdict: "refuted" }),
    sampleClaim({ id: "Q4.4", verdict: "qualified", value: "Infinity" }),
  ],
};
const notebook = sampleLecture();
notebook.metadata.unrolled = { shortAnswer: "They *shrink* with every step." };
const entry = { name: "3_gradients", title: "What happens to $h_t$?", notebook };
const entries = [
  { ...entry, claimIds: ["Q3.1", "Q3.1a"], failed: false },
  {
    ...{ name: "4_problems", title: "What is wrong?", notebook: sampleLecture() },
    ...{ claimIds: ["Q4.4"], failed: true },
  },
];
const html = await renderIndexPage(entries, { claims, playground: true });
const page = parsePage(html);

Deno.test("renderIndexPage() opens each question with its short answer and the count of verdicts", () => {
  const [first, second] = [...page.querySelectorAll(".question")];
  assertEquals(first.querySelector("h2 a")!.getAttribute("href"), "3_gradients.html");
  assertEquals(first.querySelector("p")!.textContent, "They shrink with every step.");
  assertEquals(first.querySelector(".tally")!.textContent.trim(), "✓ 1 supported✗ 1 refuted");
  assertStringIncludes(second.textContent, "This run stopped before the end.");
  assertEquals(second.querySelector(".short-answer"), null);
});

Deno.test("renderIndexPage() lists a question's claims below it, parts below their main claim", () => {
  const [first, second] = [...page.querySelectorAll(".question")];
  const rows = [...first.querySelectorAll(".claims tbody tr")];
  assertEquals(rows.map((row) => row.querySelector("a")!.getAttribute("href")), [
    "3_gradients.html#claim-Q3.1",
    "3_gradients.html#claim-Q3.1a",
  ]);
  assertEquals(rows.map((row) => row.getAttribute("class") === "part"), [false, true]);
  assertStringIncludes(rows[0].textContent, "✗ refuted");
  assertStringIncludes(rows[0].textContent, "−0.4312 nats per step");
  const [other] = [...second.querySelectorAll(".claims tbody tr")];
  assertStringIncludes(other.textContent, "∞ nats per step");
  assertStringIncludes(other.textContent, "below 0");
});

Deno.test("renderIndexPage() gives the answer of a notebook that claims nothing in its own words", async () => {
  const silent = [{ ...entry, claimIds: [], failed: false }];
  const { textContent } = parsePage(await renderIndexPage(silent, { claims }))
    .querySelector(".question")!;
  assertStringIncludes(textContent, "Of 1 claim measured: 1 refuted.");
});

Deno.test("renderIndexPage() leads to the playground only where there is one", async () => {
  const links = (text: string) =>
    [...parsePage(text).querySelectorAll("a")].filter((link) =>
      link.getAttribute("href") === "playground.html"
    ).length;
  assertEquals(links(html), 2);
  assertEquals(links(await renderIndexPage(entries, { claims })), 0);
});

Deno.test("renderIndexPage() states the setting and is called after the project", () => {
  const settings = page.querySelector(".settings")!.textContent;
  assertEquals(settings, "CorpusembeddedSeed1BackendwasmBudgetsquicktfjs4.22.0");
  const title = page.querySelector("title")!.textContent;
  assertEquals(title, "Unrolled: a lecture lab on recurrent networks");
});

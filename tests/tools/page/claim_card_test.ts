import { assertEquals } from "@std/assert";
import { claimCard, claimsTable, groupClaims } from "tools/page/claim_card.ts";
import { sampleClaim } from "../lecture/sample_notebook.ts";
import { parsePage } from "./sample_page.ts";

const claims = ["Q3.1b", "Q3.1a", "Q3.1", "Q3.2", "Q4.4b"].map((id) => sampleClaim({ id }));

Deno.test("groupClaims() moves parts below their main claim and leaves the order otherwise", () => {
  assertEquals(
    groupClaims(claims).map(({ claim, isPart }) => (isPart ? "- " : "") + claim.id),
    ["Q3.1", "- Q3.1a", "- Q3.1b", "Q3.2", "Q4.4b"],
  );
});

Deno.test("claimsTable() names its columns for screen readers and says what each number is on a phone", () => {
  const html = claimsTable(claims, { pageOf: () => "3.html", caption: "Claims & measures" });
  const page = parsePage(html);
  assertEquals(page.querySelector("caption")!.textContent, "Claims & measures");
  const heads = [...page.querySelectorAll("thead th")];
  assertEquals(heads.map((head) => head.getAttribute("scope")), Array(5).fill("col"));
  const [row] = [...page.querySelectorAll("tbody tr")];
  const cells = [...row.querySelectorAll("td")].map((cell) => cell.textContent);
  assertEquals(cells.slice(2), ["measured −0.4312 nats per step", "holds if below 0"]);
});

Deno.test("claimCard() of a claim that is not applicable says why, and shows no number", () => {
  const leftOut = { value: null, runs: 0, spread: null, verdict: "not applicable" } as const;
  const claim = sampleClaim({ ...leftOut, reason: "the text has <3 words" });
  const card = parsePage(claimCard(claim, { id: "Q3.1" }));
  assertEquals(card.querySelector("section")!.getAttribute("class"), "claim not-applicable");
  assertEquals(
    [...card.querySelectorAll("dl > div")].map((row) => row.textContent),
    ["Not measuredthe text has <3 words"],
  );
  const table = parsePage(claimsTable([claim], { pageOf: () => "", caption: "Claims" }));
  assertEquals(
    table.querySelector("td.number")!.textContent,
    "not measured: the text has <3 words",
  );
});

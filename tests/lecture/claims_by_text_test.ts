import { assertEquals, assertStringIncludes } from "@std/assert";
import { decide, defineClaim } from "lib/lecture/claim.ts";
import {
  type ClaimByText,
  claimsByText,
  claimsByTextMarkdown,
  isRestated,
  verdictsThatDiffer,
} from "lib/lecture/claims_by_text.ts";
import { below } from "lib/lecture/condition.ts";
import { readStoredClaims } from "lib/lecture/stored_claims.ts";

const definition = defineClaim({
  id: "Q1.1",
  statement: "The output has V scores",
  prediction: "none of another shape",
  unit: "windows",
  condition: below(1),
});

Deno.test("claimsByText() sets this run's claims beside the stored ones of the other texts", async () => {
  const claims = [decide(definition, 3), decide({ ...definition, id: "Q9.9" }, 0)];
  const [first, unknown] = await claimsByText(claims, { corpusName: "mine/own.txt", quick: true });
  const [here, embedded] = Object.keys(first.measured);
  assertEquals([here, embedded], [
    "own.txt (this run, quick)",
    "Unrolled: A Town in Pieces (stored)",
  ]);
  assertEquals(first.measured[here]?.verdict, "refuted");
  const committed = (await readStoredClaims("embedded"))?.claims.find(({ id }) => id === "Q1.1");
  assertEquals(first.measured[embedded], committed);
  assertEquals(unknown.measured[embedded], undefined);
});

Deno.test("claimsByText() does not set a text beside itself", async () => {
  const [row] = await claimsByText([decide(definition, 0)], {
    corpusName: "embedded",
    quick: false,
  });
  const titles = Object.keys(row.measured);
  assertEquals(titles[0], "Unrolled: A Town in Pieces (this run)");
  assertEquals(titles.filter((title) => title.startsWith("Unrolled")).length, 1);
});

const row = (id: string, ...values: (number | undefined)[]): ClaimByText => ({
  id,
  statement: "It is small.",
  measured: Object.fromEntries(values.map((value, index) => [
    `text ${index + 1}`,
    value === undefined ? undefined : decide({ ...definition, id }, value),
  ])),
});

Deno.test("verdictsThatDiffer() names the claims whose verdict depends on the text", () => {
  const rows = [row("Q1.1", 0, 0.5), row("Q1.2", 0, 2), row("Q1.3", 2, undefined)];
  assertEquals(verdictsThatDiffer(rows), ["Q1.2"]);
});

Deno.test("claimsByTextMarkdown() gives verdict and value per text, and says where they differ", () => {
  const lines = claimsByTextMarkdown([row("Q1.1", 0, 0.5), row("Q1.2", 0, 2)]).split("\n");
  assertEquals(lines[0], "| id | statement | text 1 | text 2 |");
  assertEquals(lines[3], "| Q1.2 | It is small | ✓ supported: 0 windows | ✗ refuted: 2 windows |");
  assertEquals(
    lines.at(-1),
    "The verdict is the same on both texts for 1 of 2 claims; it depends on the text for Q1.2.",
  );
});

Deno.test("claimsByTextMarkdown() marks a claim stored under another wording, and does not compare it", () => {
  const restated = row("Q1.2", 0, 2);
  const old = decide({ ...definition, id: "Q1.2", statement: "It is tiny" }, 2);
  const rows = [row("Q1.1", 0, 0.5), {
    ...restated,
    measured: { ...restated.measured, "text 2": old },
  }];
  assertEquals(rows.map(isRestated), [false, true]);
  const lines = claimsByTextMarkdown(rows).split("\n");
  assertEquals(
    lines[3],
    "| Q1.2 | It is small | ✓ supported: 0 windows | ✗ refuted: 2 windows (\\*) |",
  );
  assertEquals(
    lines.at(-1),
    "The verdict is the same on both texts for 1 of 1 claims. " +
      "(*) Stored before the claim got its present wording or limit, and not compared.",
  );
});

Deno.test("claimsByTextMarkdown() says how to store another text's claims where there are none", () => {
  const markdown = claimsByTextMarkdown([row("Q1.1", 0)]);
  assertStringIncludes(markdown, "deno task lecture --corpus timemachine --store");
});

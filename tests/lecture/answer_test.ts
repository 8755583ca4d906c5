import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { answerMarkdown, answerMime, countVerdicts, showAnswer } from "lib/lecture/answer.ts";
import { decide, defineClaim, notApplicable } from "lib/lecture/claim.ts";
import { above, below } from "lib/lecture/condition.ts";
import { recordDisplays } from "lib/lecture/display_message.ts";

const definition = { prediction: "p", unit: "steps", condition: above(1) };
const claims = [
  decide({ ...definition, id: "Q2.1", statement: "The state carries the past." }, 5),
  decide({ ...definition, id: "Q2.2", statement: "RNNs forget" }, 0.5),
  decide(
    {
      ...definition,
      id: "Q2.3",
      statement: "Clipping helps",
      qualification: { statement: "not memory", unit: "", condition: below(2) },
    },
    3,
    { contrast: 1 },
  ),
];

Deno.test("answerMarkdown() states every claim as it was predicted, its verdict before it", () => {
  assertEquals(answerMarkdown("Why?", claims).split("\n"), [
    "**Why?**",
    "",
    "Of 3 claims measured: 1 supported, 1 qualified, 1 refuted.",
    "",
    "- ✓ **Q2.1 supported:** The state carries the past. Measured: 5 steps.",
    "- ✗ **Q2.2 refuted:** RNNs forget. Measured: 0.5 steps.",
    "- ◐ **Q2.3 qualified:** Clipping helps — the limit: not memory. " +
    "Measured: 3 steps.",
  ]);
});

Deno.test("answerMarkdown() refuses to answer from nothing", () => {
  assertThrows(() => answerMarkdown("Why?", []), RangeError, "no claim was measured");
});

Deno.test("showAnswer() sends the counts beside the words", async () => {
  const [{ data }] = await recordDisplays(() => showAnswer("Why?", claims));
  assertEquals(data[answerMime], {
    question: "Why?",
    claims: ["Q2.1", "Q2.2", "Q2.3"],
    counts: { supported: 1, qualified: 1, refuted: 1, "not applicable": 0 },
    summary: "Of 3 claims measured: 1 supported, 1 qualified, 1 refuted.",
  });
  assertStringIncludes(data["text/plain"] as string, "Q2.1");
});

Deno.test("countVerdicts() counts", () => {
  assertEquals(countVerdicts([]), {
    ...{ supported: 0, qualified: 0, refuted: 0, "not applicable": 0 },
  });
});

Deno.test("answerMarkdown() keeps what the text cannot decide apart from what was measured", () => {
  const leftOut = notApplicable(
    defineClaim({
      ...{ id: "Q2.9", statement: "Words differ in length", prediction: "they do", unit: "" },
      condition: above(0),
    }),
    "the text has no spaces between words",
  );
  const lines = answerMarkdown("Why?", [...claims, leftOut]).split("\n");
  assertEquals(
    lines[2],
    "Of 3 claims measured: 1 supported, 1 qualified, 1 refuted; not applicable to this text: 1.",
  );
  assertEquals(
    lines.at(-1),
    "- – **Q2.9 not applicable:** Words differ in length. " +
      "Not measured: the text has no spaces between words.",
  );
});

import { assertEquals } from "@std/assert";
import { notebookAnswer, notebookTitle, shortAnswer } from "tools/page/notebook_title.ts";
import { codeCell, display, markdownCell, sampleNotebook } from "../lecture/sample_notebook.ts";

Deno.test("notebookTitle() is the first heading, else the file's name in words", () => {
  const cells = [markdownCell("```sh\n# no\n```\n\n# Why *this*?\n"), markdownCell("# Other")];
  assertEquals(notebookTitle(sampleNotebook(cells), { name: "3_x" }), "Why this?");
  assertEquals(notebookTitle(sampleNotebook([]), { name: "3_long_range" }), "Long range");
});

Deno.test("notebookAnswer() is what the cell tagged answer printed, and nothing typed", () => {
  const answer = codeCell("f()", {
    tags: ["answer"],
    outputs: [display({ "text/markdown": "It **shrinks**.", "text/plain": "x" })],
  });
  assertEquals(notebookAnswer(sampleNotebook([markdownCell("no"), answer])), "It **shrinks**.");
  const printed = codeCell("f()", {
    tags: ["answer"],
    outputs: [{ output_type: "stream", name: "stdout", text: "a*b\n" }],
  });
  assertEquals(notebookAnswer(sampleNotebook([printed])), "a\\*b");
  assertEquals(notebookAnswer(sampleNotebook([codeCell("f()")])), undefined);
});

Deno.test("shortAnswer() is the sentence in the notebook's metadata, and nothing else", () => {
  const notebook = sampleNotebook([]);
  const withAnswer = (unrolled: unknown) =>
    shortAnswer({ ...notebook, metadata: { ...notebook.metadata, unrolled } } as typeof notebook);
  assertEquals(withAnswer({ shortAnswer: " It is $V$. " }), "It is $V$.");
  assertEquals(withAnswer({ shortAnswer: " " }), undefined);
  assertEquals(withAnswer({ shortAnswer: 3 }), undefined);
  assertEquals(withAnswer(undefined), undefined);
});

import type { INotebookContent } from "@jupyterlab/nbformat";
import { answerMime } from "lib/lecture/answer.ts";
import { figureMime } from "lib/lecture/figure_display.ts";
import { parseHTML } from "linkedom";
import { renderNotebookPage } from "tools/page/notebook_page.ts";
import {
  claimOutput,
  codeCell,
  display,
  markdownCell,
  sampleClaim,
  sampleNotebook,
} from "../lecture/sample_notebook.ts";

/** An SVG as `showFigure` sends it, with an id that every figure has. */
export const sampleSvg = '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="300" ' +
  'viewBox="0 0 640 300" role="img" aria-label="title"><title>title</title><defs>' +
  '<clipPath id="clip"><rect width="9" height="9"/></clipPath></defs>' +
  '<g clip-path="url(#clip)" stroke="var(--unrolled-ink, #1b1b1b)"><path d="M0,0L9,9"/></g></svg>';

/** A figure with its caption below, as two displays. */
export function figureOutputs(
  { alt, caption, csv }: { alt: string; caption: string; csv: string },
) {
  return [
    display({
      "image/svg+xml": sampleSvg,
      [figureMime]: { alt, caption, csv },
      "text/plain": alt,
    }),
    display({ "text/markdown": caption, "text/plain": caption }),
  ];
}

/** A lecture notebook after its run, with something of everything. */
export function sampleLecture(): INotebookContent {
  return sampleNotebook([
    markdownCell("# What happens to $h_t$?\n\nSee [the next](4_problems.ipynb#remedies)."),
    codeCell("const quick = false;", { tags: ["parameters"] }),
    codeCell("secret();", { tags: ["hide-input"] }),
    markdownCell("## It vanishes\n\n$$\\prod_k \\sigma(U)$$\n\n| a | b |\n| - | - |\n| 1 | 2 |"),
    codeCell("await showFigure(first);", {
      outputs: figureOutputs({
        alt: "A falling line.",
        caption: "Look at the *slope*.",
        csv: "d,norm\n0,1\n40,1e-8\n",
      }),
    }),
    codeCell("await showFigure(second);", {
      outputs: figureOutputs({ alt: "A rising line.", caption: "And here.", csv: "x\n1\n" }),
    }),
    markdownCell("## It vanishes\n\nAgain."),
    codeCell("await showClaim(claim);", {
      outputs: [
        claimOutput({ ...sampleClaim({ verdict: "refuted" }), reason: "2 of 5 runs <fail>" }),
      ],
    }),
    codeCell("await showAnswer();", {
      outputs: [display({
        [answerMime]: { question: "What happens?" },
        "text/markdown": "**What happens?**\n\nOf 1 claim measured: 1 refuted.",
      })],
    }),
  ], { claims: ["Q3.1"] });
}

export const sampleSettings = {
  corpus: "embedded",
  seed: 1,
  backend: "wasm",
  versions: { tfjs: "4.22.0" },
  quick: true,
};

/** The part of a DOM that tests look at. */
export interface TestElement {
  readonly textContent: string;
  readonly innerHTML: string;
  readonly outerHTML: string;
  getAttribute(name: string): string | null;
  querySelector(selector: string): TestElement | null;
  querySelectorAll(selector: string): Iterable<TestElement>;
}

/** A page parsed. */
export function parsePage(html: string): TestElement {
  return (parseHTML(html) as unknown as { document: TestElement }).document;
}

/** The sample lecture's page. */
export function samplePage(notebook = sampleLecture()): Promise<string> {
  return renderNotebookPage({
    name: "3_gradients",
    title: "What happens to $h_t$?",
    notebook,
    settings: sampleSettings,
    pages: [
      { name: "3_gradients", title: "What happens to $h_t$?" },
      { name: "4_problems", title: "What is wrong with this language model?" },
    ],
  });
}

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parsePage, samplePage, type TestElement } from "./sample_page.ts";
import { codeCell, sampleNotebook } from "../lecture/sample_notebook.ts";

const html = await samplePage();
const page = parsePage(html);
const all = (selector: string): TestElement[] => [...page.querySelectorAll(selector)];

Deno.test("renderNotebookPage() fetches nothing: no address of a resource leads out of the page", () => {
  const resources = all("[src], link[href], use[href], image[href], [srcset], [data]");
  for (const element of resources) {
    const address = element.getAttribute("src") ?? element.getAttribute("href") ?? "";
    assert(/^(data:|#)/.test(address), element.outerHTML.slice(0, 200));
  }
  assertEquals([...html.matchAll(/url\((?!#|data:|["']?data:)/g)].length, 0);
  assertEquals(html.includes("@import"), false);
  // Only namespaces name hosts.
  const hosts = new Set([...html.matchAll(/https?:\/\/[^"'\s<)]+/g)].map((match) => match[0]));
  assert([...hosts].every((host) => host.startsWith("http://www.w3.org/")), [...hosts].join());
  const policy = page.querySelector("meta[http-equiv]")!.getAttribute("content")!;
  assertStringIncludes(policy, "default-src 'none'");
});

Deno.test("renderNotebookPage() allows exactly its own script", async () => {
  const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)];
  assertEquals(scripts.length, 1);
  const bytes = new TextEncoder().encode(scripts[0][1]);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toBase64();
  const policy = page.querySelector("meta[http-equiv]")!.getAttribute("content")!;
  assertStringIncludes(policy, `script-src 'sha256-${digest}';`);
});

Deno.test("renderNotebookPage() typesets maths with MathML and brings the fonts it uses, no other", () => {
  assertEquals(all("main h1 math").length, 1);
  assertEquals(all("main .katex-display").length, 1);
  const families = [...html.matchAll(/@font-face\{font-family:(\w+)/g)].map((match) => match[1]);
  assert(families.includes("KaTeX_Main") && families.includes("KaTeX_Math"), families.join());
  assertEquals(families.includes("KaTeX_Fraktur"), false);
});

Deno.test("renderNotebookPage() gives every figure its words, its caption once and its data", () => {
  const pictures = all("figure svg");
  assertEquals(pictures.map((svg) => svg.getAttribute("aria-label")), [
    "A falling line.",
    "A rising line.",
  ]);
  assert(pictures.every((svg) => svg.getAttribute("role") === "img"));
  assertEquals(all("figcaption").map((caption) => caption.innerHTML), [
    "Look at the <em>slope</em>.",
    "And here.",
  ]);
  assertEquals(html.split("And here.").length, 2);
  const [link] = all("figure a.download");
  assertEquals(
    decodeURIComponent(link.getAttribute("href")!.split(",")[1]),
    "d,norm\n0,1\n40,1e-8\n",
  );
  assertEquals(link.getAttribute("download"), "3_gradients-figure.csv");
});

Deno.test("renderNotebookPage() has each id once and leads every link within to one of them", () => {
  const ids = all("[id]").map((element) => element.getAttribute("id"));
  assertEquals(ids.length, new Set(ids).size, ids.join());
  for (const link of all('a[href^="#"]')) {
    assert(ids.includes(link.getAttribute("href")!.slice(1)), link.outerHTML);
  }
  assertEquals(all("main h2").map((heading) => heading.getAttribute("id")), [
    "it-vanishes",
    "it-vanishes-2",
  ]);
  const [first, second] = all("figure svg").map((svg) =>
    svg.querySelector("[clip-path]")!.getAttribute("clip-path")
  );
  assert(first !== second && html.includes(`id="${first!.slice(5, -1)}"`));
});

Deno.test("renderNotebookPage() shows a claim with its verdict in words, and why", () => {
  const card = page.querySelector("#claim-Q3\\.1") ?? page.querySelector('[id="claim-Q3.1"]')!;
  assertStringIncludes(card.querySelector(".badge.refuted")!.textContent, "✗ refuted");
  assertStringIncludes(card.textContent, "−0.4312 nats per step");
  assertStringIncludes(card.textContent, "5 runs, from −0.5 to −0.39");
  assertStringIncludes(card.innerHTML, "2 of 5 runs &lt;fail&gt;");
});

Deno.test("renderNotebookPage() folds code, but for what the reader is to write in", async () => {
  const folded = all("details.code").map((details) => [
    details.querySelector("pre")!.textContent,
    details.getAttribute("open") !== null,
  ]);
  assertEquals(folded.slice(0, 3), [
    ["const quick = false;", false],
    ["secret();", false],
    ["await showFigure(first);", false],
  ]);
  const cells = [
    codeCell('guesses["Q3.1"] = null; // your number'),
    codeCell('await ownText("my.txt");', { tags: ["skip-execution"] }),
  ];
  const inviting = parsePage(await samplePage(sampleNotebook(cells)));
  const open = [...inviting.querySelectorAll("details.code[open] summary")];
  assertEquals(open.map((summary) => summary.textContent), [
    "Your prediction, before you read on · cell 1",
    "For you to run in the notebook, not run here · cell 2",
  ]);
});

Deno.test("renderNotebookPage() has a title, landmarks, contents and links to its neighbours", () => {
  assertEquals(page.querySelector("title")!.textContent, "What happens to h_t? · Unrolled");
  assertEquals(page.querySelector("html")!.getAttribute("lang"), "en");
  assertEquals(all("main").length, 1);
  assertEquals(all("h1").length, 1);
  assertEquals(page.querySelector("a.skip")!.getAttribute("href"), "#content");
  assertEquals(all(".contents a").map((link) => link.getAttribute("href")), [
    "#it-vanishes",
    "#it-vanishes-2",
  ]);
  assertEquals(all("header nav a").map((link) => link.getAttribute("href")), [
    "index.html",
    "3_gradients.html",
    "4_problems.html",
  ]);
  assertEquals(page.querySelector("main p a")!.getAttribute("href"), "4_problems.html#remedies");
  assertStringIncludes(page.querySelector(".settings")!.textContent, "Backendwasm");
  assertStringIncludes(page.querySelector(".notice")!.textContent, "A quick run.");
});

Deno.test("renderNotebookPage() honours remove-cell, remove-input and remove-output", async () => {
  const outputs = [{ output_type: "stream", name: "stdout", text: "printed" }];
  const tagged = (tag: string) => codeCell(`source("${tag}")`, { outputs, tags: [tag] });
  const cells = [tagged("remove-cell"), tagged("remove-input"), tagged("remove-output")];
  const removed = parsePage(await samplePage(sampleNotebook(cells)));
  const shown = [...removed.querySelectorAll("main .cell")].map((cell) => cell.textContent);
  assertEquals(shown.length, 2);
  assertEquals(shown[0], "printed");
  assertStringIncludes(shown[1], 'source("remove-output")');
  assertEquals(shown[1].includes("printed"), false);
});

import { join } from "node:path";
import { escapeHtml } from "tools/page/escape_html.ts";
import { pageShell } from "tools/page/page_shell.ts";
import { bundleForBrowser } from "tools/playground/bundle.ts";
import { packScript } from "tools/playground/packed_script.ts";

/** Characters of the embedded corpus that the page starts with. */
const openingCharacters = 40_000;

const choices = [
  {
    name: "cell",
    label: "Cell",
    options: [
      { value: "rnn-tanh", text: "RNN (tanh)" },
      { value: "gru", text: "GRU" },
      { value: "lstm", text: "LSTM" },
    ],
  },
  {
    name: "hiddenSize",
    label: "State",
    options: [
      { value: "", text: "by the text's length" },
      ...[32, 64, 128, 256].map((size) => ({ value: String(size), text: `${size} numbers` })),
    ],
  },
  {
    name: "learningRate",
    label: "Learning rate (Adam)",
    chosen: "0.003",
    options: [
      { value: "0.001", text: "0.001" },
      { value: "0.003", text: "0.003" },
      { value: "0.01", text: "0.01" },
      { value: "0.1", text: "0.1 (too large)" },
    ],
  },
  {
    name: "backend",
    label: "Computed by",
    options: [
      { value: "auto", text: "what suits this machine" },
      { value: "wasm", text: "WebAssembly" },
      { value: "webgpu", text: "WebGPU" },
    ],
  },
];

/**
 * The playground as one HTML page: it trains a network on a text of the visitor's own, in a worker,
 * with the library's own kernels. Needs no server and no network.
 *
 * @throws {Error} if the bundler fails.
 */
export async function renderPlaygroundPage(
  { root, signal }: { root: string; signal?: AbortSignal },
): Promise<string> {
  const [script, worker, gpuWorker, style, corpus] = await Promise.all([
    bundleForBrowser("tools/playground/page.js", { root, signal }),
    bundleForBrowser("tools/playground/worker.ts", { root, signal }),
    bundleForBrowser("tools/playground/gpu_worker.ts", { root, signal }).then(packScript),
    Deno.readTextFile(new URL("playground.css", import.meta.url)),
    Deno.readTextFile(join(root, "data", "unrolled.txt")),
  ]);
  return await pageShell({
    title: "Playground · Unrolled",
    description: "Train a small recurrent network on a text of your own, in this page.",
    navigation: '<a href="index.html">Unrolled</a>' +
      '<a href="playground.html" aria-current="page">Playground</a>',
    contents: "",
    main: playgroundMain(opening(corpus)),
    footer: "<p>Everything happens in this page: the text you paste goes nowhere.</p>",
    style,
    program: { script, workers: { "worker-wasm": worker, "worker-webgpu": gpuWorker } },
  });
}

/** The text's first characters, up to the end of a paragraph. */
function opening(text: string): string {
  const end = text.lastIndexOf("\n\n", openingCharacters);
  return text.slice(0, end > 0 ? end : openingCharacters);
}

function playgroundMain(text: string): string {
  return `<h1>Playground</h1>
<p>Train a small recurrent network on a text, watch it learn to spell, and see how far back its
gradient reaches. Train an RNN first, then a GRU or an LSTM on the same text: the gradient curves
stay for comparison.</p>
<noscript><p class="notice failure">The playground computes with JavaScript, which is switched off here.</p></noscript>
<form id="settings">
<div class="field wide"><label for="text">Text to learn from</label>
<textarea id="text" rows="8" spellcheck="false" aria-describedby="characters">${
    // A line feed right after the tag would be dropped.
    "\n" + escapeHtml(text)}</textarea>
<p class="hint"><span id="characters"></span> · paste your own, 500 at the least, or
<label for="file">open a text file</label> <input type="file" id="file" accept="text/*,.txt,.md"></p></div>
<div class="fields">
${choices.map(({ name, ...choice }) => select(name, choice)).join("\n")}
<div class="field"><label for="seed">Seed</label>
<input id="seed" name="seed" type="number" value="1" min="1" step="1"></div>
</div>
<p class="actions"><button type="submit" id="train" class="main">Train</button>
<button type="button" id="stop" disabled>Stop</button></p>
</form>
<p id="status" role="status">Ready: press Train.</p>
<p id="engine"></p>
<p id="numbers"></p>
<h2>What it writes</h2>
<pre id="sample" class="text-output" tabindex="0" aria-label="Text written by the network"></pre>
<div class="fields">
<div class="field"><label for="prompt">Begin with</label> <input id="prompt" type="text" value="The "></div>
<div class="field"><label for="temperature">Temperature <output id="temperature-value" for="temperature">0.8</output></label>
<input id="temperature" type="range" min="0" max="1.5" step="0.1" value="0.8"></div>
<p class="actions"><button type="button" id="write" disabled>Write 400 characters</button></p>
</div>
<h2>How well it predicts</h2>
<figure><div class="picture" id="loss-figure"><p class="waiting">The curve begins with training.</p></div>
<figcaption>Loss in nats per character. The lines are what it costs to give every character an equal
chance (ln V), to count characters (unigram), and to count those before it too (the best n-gram): a
network that stays above the last has learned less than counting. A validation curve that turns
upwards means the text is being learned by heart.</figcaption></figure>
<h2>How far back it learns</h2>
<figure><div class="picture" id="gradient-figure"><p class="waiting">The curve begins with training.</p></div>
<figcaption>The norm of the gradient of one character's loss with respect to the state some steps
before it, an LSTM's hidden and cell state together: median of up to three places in the text. Compare
cells after equal numbers of updates. A straight line down is a gradient that
vanishes exponentially: what lies further back cannot be learned from.</figcaption></figure>
<h2>The sizes, and what to expect of them</h2>
<ul id="notes"><li>Chosen when training starts.</li></ul>`;
}

function select(
  name: string,
  { label, options, chosen }: {
    label: string;
    options: readonly { value: string; text: string }[];
    chosen?: string;
  },
): string {
  const items = options.map(({ value, text }) =>
    `<option value="${value}"${value === chosen ? " selected" : ""}>${text}</option>`
  );
  return `<div class="field"><label for="${name}">${label}</label> <select id="${name}" name="${name}">${
    items.join("")
  }</select></div>`;
}

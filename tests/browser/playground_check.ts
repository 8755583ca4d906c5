import { assert, assertEquals, assertMatch } from "@std/assert";
import { pathToFileURL } from "node:url";
import { accessibilityProblems, seriousProblems } from "tools/browser/accessibility.ts";
import type { BrowserPage } from "tools/browser/browser_page.ts";
import { renderPlaygroundPage } from "tools/playground/playground_page.ts";
import { serveFolder } from "tools/serve/serve_folder.ts";
import { repositoryRoot as root } from "../repository/repository_root.ts";
import { chromiumPath, withPage } from "./with_page.ts";

const ignore = chromiumPath === undefined;

async function withPlayground(test: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/index.html`, "<title>index</title>");
    await Deno.writeTextFile(`${folder}/playground.html`, await renderPlaygroundPage({ root }));
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const press = (page: BrowserPage, id: string) =>
  page.evaluate(`document.getElementById("${id}").click()`);
const textOf = (page: BrowserPage, id: string): Promise<string> =>
  page.evaluate(`document.getElementById("${id}").textContent`);
const train = async (page: BrowserPage, cell: string) => {
  await page.evaluate(`document.getElementById("cell").value = "${cell}"`);
  await press(page, "train");
};
/** The validation loss, once it is below a number of nats. */
const lossBelow = (nats: number) => `document.body.dataset.loss < ${nats}`;

Deno.test({
  name: "the playground, opened as a file, trains each cell to a falling loss within 20 s",
  ignore,
  fn: () =>
    withPlayground((folder) =>
      withPage(async (page) => {
        await page.goto(pathToFileURL(`${folder}/playground.html`).href);
        for (const cell of ["rnn-tanh", "gru", "lstm"]) {
          await train(page, cell);
          // Equal chances for each of the 76 characters cost 4.33 nats.
          await page.waitFor(lossBelow(2.8), { seconds: 20 });
        }
        await press(page, "stop");
        await page.waitFor('document.getElementById("stop").textContent === "Continue"');
        const curves = await page.evaluate(
          'document.querySelector("#gradient-figure svg").textContent',
        );
        for (const cell of ["RNN", "GRU", "LSTM"]) assert(curves.includes(cell), cell);
        assert((await textOf(page, "sample")).length > 200);
        assertEquals(page.errors, []);
      })
    ),
});

const engineOf = (page: BrowserPage) => textOf(page, "engine");
const choose = (page: BrowserPage, backend: string) =>
  page.evaluate(`document.getElementById("backend").value = "${backend}"`);

Deno.test({
  name:
    "the playground trains on WebGPU to a falling loss, and takes a software adapter only by name",
  ignore,
  fn: () =>
    withPlayground((folder) =>
      withPage(async (page) => {
        await page.goto(pathToFileURL(`${folder}/playground.html`).href);
        await train(page, "gru");
        await page.waitFor(lossBelow(4), { seconds: 20 });
        assertMatch(await engineOf(page), /^WebAssembly: the only WebGPU adapter is software/);
        await choose(page, "webgpu");
        await page.evaluate('document.getElementById("hiddenSize").value = "32"');
        await train(page, "gru");
        await page.waitFor("document.body.dataset.loss", { seconds: 60 });
        const first = Number(await page.evaluate("document.body.dataset.loss"));
        await page.waitFor(lossBelow(first - 0.1), { seconds: 60 });
        assertMatch(
          await engineOf(page),
          /^WebGPU on .*, as asked, a software adapter.* Trained by: tfjs webgpu .* fused\.$/,
        );
        assertEquals(page.errors, []);
      }, { softwareWebgpu: true })
    ),
});

Deno.test({
  name:
    "the playground says so where WebGPU is asked for and there is none, and trains all the same",
  ignore,
  fn: () =>
    withPlayground((folder) =>
      withPage(async (page) => {
        await page.goto(pathToFileURL(`${folder}/playground.html`).href);
        await choose(page, "webgpu");
        await train(page, "gru");
        await page.waitFor(lossBelow(4), { seconds: 20 });
        assertMatch(await engineOf(page), /^WebAssembly: this browser offers no WebGPU adapter/);
        assertEquals(page.errors, []);
      })
    ),
});

Deno.test({
  name: "the playground stops, writes, goes on, and says why it cannot learn from a line of text",
  ignore,
  fn: () =>
    withPlayground((folder) =>
      withPage(async (page) => {
        const server = Deno.serve({ port: 0, onListen() {} }, serveFolder(folder));
        try {
          await page.goto(`http://localhost:${server.addr.port}/playground.html`);
          assertEquals(await page.evaluate("crossOriginIsolated"), true);
          await train(page, "gru");
          await page.waitFor(lossBelow(3.5), { seconds: 20 });
          await press(page, "stop");
          await page.waitFor('document.getElementById("stop").textContent === "Continue"');
          const stopped = await textOf(page, "numbers");
          await press(page, "write");
          await page.waitFor('document.getElementById("sample").textContent.startsWith("The ")');
          assertEquals(await textOf(page, "numbers"), stopped, "no update was made meanwhile");
          await press(page, "stop");
          await page.waitFor(
            `document.getElementById("numbers").textContent !== ${JSON.stringify(stopped)}`,
          );
          await page.evaluate('document.getElementById("text").value = "one line"');
          await press(page, "train");
          await page.waitFor('document.querySelector("#status.failure")');
          assert((await textOf(page, "status")).includes("it has 8 characters, at least 500"));
          assertEquals(page.errors, []);
        } finally {
          await server.shutdown();
        }
      })
    ),
});

Deno.test({
  name: "the playground has no serious fault by axe-core, light and dark, on a desk and a phone",
  ignore,
  fn: () =>
    withPlayground((folder) =>
      withPage(async (page) => {
        await page.goto(pathToFileURL(`${folder}/playground.html`).href);
        await train(page, "rnn-tanh");
        await page.waitFor(lossBelow(4), { seconds: 20 });
        await press(page, "stop");
        for (const scheme of ["light", "dark"] as const) {
          for (const width of [1200, 390]) {
            await page.setView({ width, height: 800, scheme });
            assertEquals(seriousProblems(await accessibilityProblems(page)), []);
            const scrolls = "document.documentElement.scrollWidth > innerWidth";
            assertEquals(await page.evaluate(scrolls), false, `${width} pixels are enough`);
          }
        }
      })
    ),
});

import { assert, assertEquals, assertGreater, assertMatch } from "@std/assert";
import { answerMime } from "lib/lecture/answer.ts";
import { figureMime } from "lib/lecture/figure_display.ts";
import type { BrowserPage } from "tools/browser/browser_page.ts";
import { findNotebook, startNotebookServer } from "tools/browser/notebook_server.ts";
import { isCodeCell, readNotebook } from "tools/jupyter/read_notebook.ts";
import { formatNotebook } from "tools/jupyter/write_notebook.ts";
import { emittedClaims, promisedClaims } from "tools/lecture/notebook_claims.ts";
import { codeCell, sampleNotebook } from "../tools/lecture/sample_notebook.ts";
import { copyForNotebooks, notebooksOf } from "./notebook_copy.ts";
import { chromiumPath, withPage } from "./with_page.ts";

const notebookPath = findNotebook(Deno.env.toObject());
const ignore = chromiumPath === undefined || notebookPath === undefined;
const folder = ignore ? "" : await copyForNotebooks();
if (!ignore) addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

/** Opens a notebook in Jupyter Notebook and waits for its kernel. */
async function withNotebook(
  path: string,
  test: (page: BrowserPage, openedAt: number) => Promise<void>,
): Promise<void> {
  const server = await startNotebookServer(notebookPath!, { folder });
  try {
    await withPage(async (page) => {
      await page.setView({ width: 1200, height: 900 });
      const openedAt = performance.now();
      await page.goto(server.addressOf(path));
      await page.waitFor(
        "globalThis.Jupyter?.notebook?.kernel?.is_connected() && Jupyter.notebook._fully_loaded",
        { seconds: 60 },
      );
      await test(page, openedAt);
    });
  } finally {
    await server.stop();
  }
}

const click = (page: BrowserPage, action: string) =>
  page.evaluate(
    `document.querySelector('[data-jupyter-action="jupyter-notebook:${action}"]').click()`,
  );

/** The notebook as the client holds it, once no cell is running or waiting. */
async function whenIdle(page: BrowserPage, seconds: number) {
  await page.waitFor(
    "!Jupyter.notebook.kernel_busy && !document.querySelector('.code_cell.running')",
    { seconds },
  );
  return JSON.parse(await page.evaluate("JSON.stringify(Jupyter.notebook.toJSON())"));
}

for (const path of ignore ? [] : notebooksOf(folder)) {
  Deno.test(`Jupyter Notebook runs all of ${path}: no error, no claim lost, every figure drawn on its own cell`, () =>
    withNotebook(path, async (page, openedAt) => {
      await page.evaluate("Jupyter.notebook.clear_all_output()");
      await page.evaluate("Jupyter.notebook.execute_all_cells()");
      const figures = "document.querySelectorAll('.output_svg svg').length";
      const runAt = performance.now();
      await page.waitFor(figures, { seconds: 60 });
      const since = (start: number) => `${((performance.now() - start) / 1000).toFixed(1)} s`;
      console.log(
        `first figure ${since(openedAt)} after opening, ${since(runAt)} after Run All`,
      );
      const notebook = await whenIdle(page, 300);
      const errors = "[...document.querySelectorAll('.output_error')].map((one) => one.innerText)";
      assertEquals(await page.evaluate(errors), []);
      assertEquals(
        emittedClaims(notebook).claims.map(({ id }) => id).sort(),
        [...promisedClaims(notebook) ?? []].sort(),
      );
      // Each cell that asks for a figure, a claim or the answer has it below itself.
      const places = { "showFigure(": figureMime, "showAnswer(": answerMime };
      for (const cell of notebook.cells.filter(isCodeCell)) {
        const source = [cell.source].flat().join("");
        if (source.startsWith("import ")) continue;
        for (const [call, mime] of Object.entries(places)) {
          const asked = source.split(call).length - 1;
          const shown = cell.outputs.filter(({ data }: { data?: object }) => data && mime in data);
          if (asked > 0) assertGreater(shown.length, 0, `${call} in ${source.slice(0, 60)}`);
        }
      }
      const drawn = await page.evaluate(figures);
      const sent = notebook.cells.filter(isCodeCell).flatMap(({ outputs }: { outputs: object[] }) =>
        outputs
      )
        .filter((output: { data?: object }) => output.data && "image/svg+xml" in output.data);
      assertEquals(drawn, sent.length, "as many pictures on the page as in the notebook");
    }));
}

const training = `
import { watchTraining } from "lib/lecture/live_training.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { train } from "lib/training/train.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/character_tokenizer.ts";
import { streamWindows } from "lib/text/stream_windows.ts";
import { useBackend } from "lib/kernels/backend.ts";
await useBackend("wasm");
const text = "a stitch in time saves nine ".repeat(400);
const tokenizer = characterTokenizer(text);
const model = recurrentLanguageModel({ vocabulary: tokenizer.vocabulary, cell: "lstm",
  hiddenSize: 64, random: randomStream(1, "weights") });
const schedule = streamWindows(tokenizer.encode(text), { batchSize: 16, unrollLength: 32 });
const optimizer = { kind: "adam", learningRate: 0.003 };`;
const endless =
  'const seen = await watchTraining(train(model, schedule, { optimizer, epochs: 1e6 }), { title: "LSTM" });';
const after = `const more = await watchTraining(
  train(model, schedule, { optimizer, trainingSteps: 3 }), { title: "More" });
console.log("nats:", seen[0].lossNats, more[0].lossNats);`;

Deno.test({
  name: "Jupyter Notebook's Stop button ends a training; the model and the kernel live on",
  ignore,
  fn: async () => {
    const cells = [training, endless, after].map((source) => codeCell(source));
    const notebook = formatNotebook(sampleNotebook(cells));
    await Deno.writeTextFile(`${folder}/notebooks/stop.ipynb`, notebook);
    await withNotebook("notebooks/stop.ipynb", async (page) => {
      await page.evaluate("Jupyter.notebook.execute_all_cells()");
      const body = "document.querySelector('#notebook').innerText";
      await page.waitFor(`/LSTM: update [1-9]\\d/.test(${body})`, { seconds: 60 });
      await page.waitFor("document.querySelector('.output_svg svg')");
      await click(page, "interrupt-kernel");
      await page.waitFor(`/nats: \\S+ \\S+/.test(${body})`, { seconds: 30 });
      await whenIdle(page, 10);
      const text: string = await page.evaluate(body);
      assertMatch(text, /LSTM: \d+ updates, stopped from outside/);
      const [, first, resumed] = /nats: (\S+) (\S+)/.exec(text)!;
      assert(Number(resumed) < Number(first) - 0.3, `${first} to ${resumed}`);
    });
  },
});

/** Only so that a missing notebook is an error here and not a test less. */
Deno.test({
  name: "the copies hold the four notebooks of the lecture",
  ignore,
  fn: async () => {
    assertEquals(notebooksOf(folder).length, 4);
    for (const path of notebooksOf(folder)) await readNotebook(`${folder}/${path}`);
  },
});

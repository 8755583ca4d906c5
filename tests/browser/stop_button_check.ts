import { assert, assertMatch } from "@std/assert";
import { formatNotebook } from "tools/jupyter/notebook/write_notebook.ts";
import { codeCell, sampleNotebook } from "../tools/lecture/sample_notebook.ts";
import { copyForNotebooks } from "./notebook_copy.ts";
import { click, noNotebookHere, whenIdle, withNotebook } from "./with_notebook.ts";

const folder = noNotebookHere ? "" : await copyForNotebooks();
if (folder !== "") addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

const training = `
import { watchTraining } from "lib/lecture/live_training.ts";
import { recurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { train } from "lib/training/train.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";
import { streamWindows } from "lib/text/windows/stream_windows.ts";
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
  ignore: noNotebookHere,
  fn: async () => {
    const cells = [training, endless, after].map((source) => codeCell(source));
    const notebook = formatNotebook(sampleNotebook(cells));
    await Deno.writeTextFile(`${folder}/notebooks/stop.ipynb`, notebook);
    await withNotebook({ folder, path: "notebooks/stop.ipynb" }, async (page) => {
      await page.evaluate("Jupyter.notebook.execute_all_cells()");
      const body = "document.querySelector('#notebook').innerText";
      await page.waitFor(`/LSTM: update [1-9]\\d/.test(${body})`, { seconds: 60 });
      await page.waitFor("document.querySelector('.output_svg svg')");
      await click(page, "interrupt-kernel");
      await page.waitFor(`/nats: \\S+ \\S+/.test(${body})`, { seconds: 10 });
      await whenIdle(page, 10);
      const text: string = await page.evaluate(body);
      assertMatch(text, /LSTM: \d+ updates, stopped on request/);
      const [, first, resumed] = /nats: (\S+) (\S+)/.exec(text)!;
      assert(Number(resumed) < Number(first) - 0.3, `${first} to ${resumed}`);
    });
  },
});

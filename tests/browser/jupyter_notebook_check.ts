import { assertEquals, assertGreater } from "@std/assert";
import { answerMime } from "lib/lecture/answer.ts";
import { figureMime } from "lib/lecture/figure_display.ts";
import { isCodeCell, readNotebook } from "tools/jupyter/notebook/read_notebook.ts";
import { emittedClaims, promisedClaims } from "tools/lecture/notebook_claims.ts";
import { copyForNotebooks, notebooksOf } from "./notebook_copy.ts";
import { noNotebookHere, whenIdle, withNotebook } from "./with_notebook.ts";

const ignore = noNotebookHere;
const folder = ignore ? "" : await copyForNotebooks();
if (!ignore) addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

for (const path of ignore ? [] : notebooksOf(folder)) {
  Deno.test(`Jupyter Notebook runs all of ${path}: no error, no claim lost, every figure drawn on its own cell`, () =>
    withNotebook({ folder, path }, async (page, openedAt) => {
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

/** Only so that a missing notebook is an error here and not a test less. */
Deno.test({
  name: "the copies hold the four notebooks of the lecture",
  ignore,
  fn: async () => {
    assertEquals(notebooksOf(folder).length, 4);
    for (const path of notebooksOf(folder)) await readNotebook(`${folder}/${path}`);
  },
});

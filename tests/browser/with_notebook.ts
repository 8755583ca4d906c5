import type { BrowserPage } from "tools/browser/browser_page.ts";
import { findNotebook, startNotebookServer } from "tools/browser/notebook_server.ts";
import { chromiumPath, withPage } from "./with_page.ts";

const notebookPath = findNotebook(Deno.env.toObject());

/** Whether a browser or Jupyter Notebook is missing here. */
export const noNotebookHere = chromiumPath === undefined || notebookPath === undefined;

/** Opens a notebook of a folder in Jupyter Notebook and waits for its kernel. */
export async function withNotebook(
  { folder, path }: { folder: string; path: string },
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

/** Presses a button of the toolbar, by the name of its action. */
export const click = (page: BrowserPage, action: string) =>
  page.evaluate(
    `document.querySelector('[data-jupyter-action="jupyter-notebook:${action}"]').click()`,
  );

/** What a running notebook changes: its text, live lines among it, and its figures. */
const progress = "(({ textContent, innerHTML }) => textContent + innerHTML.length)" +
  "(document.querySelector('#notebook'))";

/**
 * The notebook as the client holds it, once no cell is running or waiting; a busy machine may take its time, as long as
 * something changes on the page within `seconds`.
 */
export async function whenIdle(page: BrowserPage, seconds: number) {
  await page.waitFor(
    "!Jupyter.notebook.kernel_busy && !document.querySelector('.code_cell.running')",
    { seconds, progress },
  );
  return JSON.parse(await page.evaluate("JSON.stringify(Jupyter.notebook.toJSON())"));
}

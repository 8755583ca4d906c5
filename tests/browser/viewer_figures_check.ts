import { assert, assertEquals, assertGreater } from "@std/assert";
import { join } from "node:path";
import { isCodeCell, joinLines, readNotebook } from "tools/jupyter/notebook/read_notebook.ts";
import { findNotebooks } from "tools/lecture/find_notebooks.ts";
import { repositoryRoot as root } from "../repository/repository_root.ts";
import { chromiumPath, withPage } from "./with_page.ts";

/** The figures that the committed notebooks hold. */
async function committedFigures(): Promise<{ notebook: string; svg: string }[]> {
  const targets = await findNotebooks([], { folder: join(root, "notebooks") });
  const figures = await Promise.all(targets.map(async ({ name, path }) => {
    const { cells } = await readNotebook(path);
    return cells.filter(isCodeCell).flatMap(({ outputs }) => outputs).flatMap(({ data }) => {
      const svg = (data as Record<string, string> | undefined)?.["image/svg+xml"];
      return svg === undefined ? [] : [{ notebook: name, svg: joinLines(svg) }];
    });
  }));
  return figures.flat();
}

const figures = await committedFigures();

Deno.test("committed figures hold nothing that a code host's viewer strips", () => {
  assertGreater(figures.length, 0);
  for (const { notebook, svg } of figures) {
    for (
      const stripped of ["<style", "<script", "<foreignObject", "<iframe", " onload=", "@import"]
    ) {
      assert(!svg.includes(stripped), `${notebook}: a figure holds ${stripped}`);
    }
    assert(svg.includes('xmlns="http://www.w3.org/2000/svg"'), `${notebook}: no namespace`);
    assertEquals(
      /(?:href|src)="(?!#)/.test(svg),
      false,
      `${notebook}: refers to something outside`,
    );
    // A colour of the page's theme must name its own, for where no page sets it.
    assertEquals(/var\(--[\w-]+\)/.test(svg), false, `${notebook}: a colour without a fallback`);
  }
});

Deno.test({
  name: "committed figures show as pictures, which is how code hosts embed them",
  ignore: chromiumPath === undefined,
  fn: () =>
    withPage(async (page) => {
      await page.goto("about:blank");
      for (const { notebook, svg } of figures) {
        const { width, inked } = await page.evaluate(`(async () => {
          const image = new Image();
          image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(${
          JSON.stringify(svg)
        });
          await image.decode();
          const canvas = document.createElement("canvas");
          canvas.width = 340;
          canvas.height = Math.round(340 * image.naturalHeight / image.naturalWidth);
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0, canvas.width, canvas.height);
          const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
          let inked = 0;
          for (let at = 0; at < data.length; at += 4) {
            if (data[at + 3] > 200 && data[at] + data[at + 1] + data[at + 2] < 600) inked++;
          }
          return { width: image.naturalWidth, inked };
        })()`);
        assertGreater(width, 300, notebook);
        assertGreater(inked, 200, `${notebook}: hardly anything is drawn`);
      }
    }),
});

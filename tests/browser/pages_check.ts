import { assert, assertEquals, assertGreater } from "@std/assert";
import { pathToFileURL } from "node:url";
import { accessibilityProblems, seriousProblems } from "tools/browser/accessibility.ts";
import { writeCommittedPages } from "./committed_pages.ts";
import { chromiumPath, withPage } from "./with_page.ts";

const ignore = chromiumPath === undefined;
const folder = ignore ? "" : await Deno.makeTempDir();
if (!ignore) {
  await writeCommittedPages(folder);
  addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
}
const pages = ignore
  ? []
  : [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".html"));
const address = (name: string) => pathToFileURL(`${folder}/${name}`).href;

for (const name of pages.filter((name) => name !== "playground.html").sort()) {
  Deno.test(`${name} has no serious fault by axe-core, fits a phone, and says nothing to the console`, () =>
    withPage(async (page) => {
      await page.goto(address(name));
      for (const [scheme, width] of [["light", 1280], ["dark", 390]] as const) {
        await page.setView({ width, height: 800, scheme });
        const problems = await accessibilityProblems(page);
        assertEquals(seriousProblems(problems), [], `${scheme}, ${width} pixels`);
        const excess = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assert(excess <= 0, `${scheme}, ${width} pixels: ${excess} too wide`);
      }
      assertEquals(page.errors, []);
    }));
}

Deno.test({
  name: "the index leads by keyboard from its skip link to its content",
  ignore,
  fn: () =>
    withPage(async (page) => {
      await page.setView({ width: 1280, height: 800 });
      await page.goto(address("index.html"));
      await page.press("Tab");
      assertEquals(await page.evaluate("document.activeElement.className"), "skip");
      await page.press("Enter");
      await page.waitFor('document.activeElement.id === "content"');
      await page.press("Tab");
      const first = await page.evaluate("document.activeElement.getAttribute('href')");
      assertEquals(first, pages.sort()[0], "then to the first question");
    }),
});

Deno.test({
  name: "every link of every page leads to a page and a place that are there",
  ignore,
  fn: () =>
    withPage(async (page) => {
      const places = new Map<string, Set<string>>();
      const links: { from: string; to: string }[] = [];
      for (const name of pages) {
        await page.goto(address(name));
        const { ids, hrefs } = await page.evaluate(`({
          ids: [...document.querySelectorAll("[id]")].map((one) => one.id),
          hrefs: [...document.querySelectorAll("a[href]")].map((one) => one.getAttribute("href")),
        })`);
        places.set(name, new Set(ids));
        for (const href of hrefs) links.push({ from: name, to: href });
      }
      const local = links.filter(({ to }) => !/^(https?|data|mailto):/.test(to));
      assertGreater(local.length, pages.length);
      const broken = local.filter(({ from, to }) => {
        const [file, place] = to.split("#").map(decodeURIComponent);
        const ids = places.get(file || from);
        return !ids || (place && !ids.has(place));
      });
      assertEquals(broken, []);
    }),
});

Deno.test({
  name: "on paper a page shows its code and no controls",
  ignore,
  fn: () =>
    withPage(async (page) => {
      const name = pages.find((one) => /^\d/.test(one))!;
      await page.goto(address(name));
      await page.setView({ width: 800, height: 1100, medium: "print" });
      const { bar, background } = await page.evaluate(`({
        bar: getComputedStyle(document.querySelector(".bar")).display,
        background: getComputedStyle(document.body).backgroundColor,
      })`);
      assertEquals(bar, "none");
      assertEquals(background, "rgb(253, 253, 251)", "light, whatever the screen's theme");
      await page.evaluate('document.querySelector("details.code").open = false');
      await page.evaluate('dispatchEvent(new Event("beforeprint"))');
      assertEquals(await page.evaluate('document.querySelector("details.code").open'), true);
    }),
});

import { type BrowserOptions, startBrowser } from "tools/browser/browser.ts";
import type { BrowserPage } from "tools/browser/browser_page.ts";
import { findChromium } from "tools/browser/find_chromium.ts";

/** Whether there is a browser to test in; `deno task test-browser` says how to get one. */
export const chromiumPath = findChromium(Deno.env.toObject());

/** A page of a fresh browser for a test; both are closed after it. */
export async function withPage(
  test: (page: BrowserPage) => Promise<void>,
  options: BrowserOptions = {},
): Promise<void> {
  const browser = await startBrowser(chromiumPath!, options);
  try {
    await test(await browser.openPage());
  } finally {
    await browser.close();
  }
}

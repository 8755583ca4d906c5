import axe from "axe-core";
import type { BrowserPage } from "tools/browser/browser_page.ts";

/** A rule of axe-core that a page breaks. */
export interface AccessibilityProblem {
  readonly rule: string;
  readonly impact: "minor" | "moderate" | "serious" | "critical";
  readonly help: string;
  /** Where, as CSS selectors. */
  readonly places: readonly string[];
}

/** What axe-core finds wrong with a page as it is shown now. */
export async function accessibilityProblems(page: BrowserPage): Promise<AccessibilityProblem[]> {
  // The page's policy forbids scripts of others: this one comes in by the debugger's door.
  await page.evaluate(`${axe.source}; undefined`);
  return await page.evaluate(`axe.run().then(({ violations }) => violations.map((one) => ({
    rule: one.id,
    impact: one.impact,
    help: one.help,
    places: one.nodes.map((node) => node.target.join(" ")),
  })))`);
}

/** Those that keep somebody from using the page, a sentence each. */
export function seriousProblems(problems: readonly AccessibilityProblem[]): string[] {
  return problems.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ rule, impact, help, places }) =>
      `${impact}: ${help} (${rule}) at ${places.slice(0, 3).join(", ")}`
    );
}

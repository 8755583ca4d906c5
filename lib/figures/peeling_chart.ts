import { type Bar, barChart } from "lib/figures/bar_chart.ts";
import type { FigureElement } from "lib/figures/figure_document.ts";
import type { ErrorTaxonomy } from "lib/probes/error_taxonomy.ts";

/** What the bars are shares of. */
export type PeeledShare = "errors" | "loss";

/** Texts, and what is shown. */
export interface PeelingChartOptions {
  readonly title: string;
  /** Of the errors, without what is no error, or of the loss of the whole text; "errors" unless told. */
  readonly share?: PeeledShare;
}

/**
 * Errors peeled off layer by layer: a bar per category, each beginning where the one above it ends, so that
 * the last ends at 100 %. Several models stand beside one another, with their names as series.
 *
 * @throws {RangeError} if there is no model.
 */
export function peelingChart(
  models: readonly { readonly label: string; readonly taxonomy: ErrorTaxonomy }[],
  { title, share = "errors" }: PeelingChartOptions,
): FigureElement {
  if (models.length === 0) throw new RangeError("Cannot draw errors: there is no model.");
  const columns = models.map(({ label, taxonomy }) => {
    let from = 0;
    return taxonomy.categories.slice(share === "errors" ? 1 : 0).map((category): Bar => {
      const value = 100 * (share === "errors" ? category.shareOfErrors : category.shareOfLoss);
      const series = models.length > 1 ? { series: label } : {};
      const bar = { label: category.category, ...series, value, from };
      from += value;
      return bar;
    });
  });
  const bars = columns[0].flatMap((_, row) => columns.map((column) => column[row]));
  return barChart(bars, {
    title,
    value: {
      label: share === "errors" ? "share of the errors" : "share of the loss",
      unit: "%",
      domain: { low: 0, high: 100 },
    },
    category: "fixed first by",
  });
}

import { assertEquals } from "@std/assert";
import type { FigureElement } from "lib/figures/parts/figure_document.ts";

const folder = new URL("./snapshots/", import.meta.url);

/**
 * Compares a figure with its stored SVG, one element to a line.
 *
 * `UNROLLED_UPDATE_SNAPSHOTS=1 deno test -A tests/figures` stores the figures as they come out now;
 * look at them before committing.
 */
export async function assertSnapshot(name: string, figure: FigureElement): Promise<void> {
  const lines = figure.outerHTML.replaceAll("><", ">\n<") + "\n";
  const file = new URL(`${name}.svg`, folder);
  if (Deno.env.get("UNROLLED_UPDATE_SNAPSHOTS") === "1") await Deno.writeTextFile(file, lines);
  assertEquals(lines.split("\n"), (await Deno.readTextFile(file)).split("\n"));
}

import { existsSync } from "node:fs";
import { join } from "node:path";

/** Says how to get a browser where there is none. */
export const noChromium = "There is no Chromium here: the browser checks are left out. " +
  'Get one with "apt install chromium" (Debian, Ubuntu), "brew install --cask chromium" (macOS), or name any ' +
  "Chromium or Chrome by the environment variable UNROLLED_CHROMIUM.";

const commands = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * The Chromium to drive: the one that `UNROLLED_CHROMIUM` names, or else the first on the `PATH` or
 * in its usual place; undefined if there is none.
 */
export function findChromium(
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const named = env.UNROLLED_CHROMIUM;
  if (named) return existsSync(named) ? named : undefined;
  const folders = (env.PATH ?? "").split(":").filter((folder) => folder !== "");
  const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...onPath, ...elsewhere].find((path) => existsSync(path));
}

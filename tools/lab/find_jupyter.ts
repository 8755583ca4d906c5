import { existsSync } from "node:fs";
import { posix, win32 } from "node:path";
import type { Machine } from "tools/lab/jupyter_data_folder.ts";

/** A Jupyter application of this machine. */
export interface JupyterApplication {
  readonly name: "Jupyter Lab" | "Jupyter Notebook";
  readonly path: string;
}

/** Says how to get a Jupyter where there is none. */
export const noJupyter = "There is neither Jupyter Lab nor Jupyter Notebook on the PATH. " +
  'Get one with "pip install jupyterlab" (or "uv tool install jupyterlab", or "pipx install jupyterlab") and run this ' +
  "again; or open the notebooks in VS Code with its Jupyter extension, which finds the kernel just installed. " +
  'To run the notebooks without Jupyter: "deno task lecture".';

const applications = [
  { name: "Jupyter Lab", command: "jupyter-lab" },
  { name: "Jupyter Notebook", command: "jupyter-notebook" },
] as const;

/** Jupyter Lab where it is on the `PATH`, or else Jupyter Notebook. */
export function findJupyter({ os, env }: Machine): JupyterApplication | undefined {
  for (const { name, command } of applications) {
    const path = findOnPath(command, { os, env });
    if (path) return { name, path };
  }
  return undefined;
}

function findOnPath(command: string, { os, env }: Machine): string | undefined {
  const windows = os === "windows";
  const { join, delimiter } = windows ? win32 : posix;
  const endings = windows ? [".exe", ".bat", ".cmd"] : [""];
  const folders = (env.PATH ?? env.Path ?? "").split(delimiter).filter(Boolean);
  const candidates = folders.flatMap((folder) =>
    endings.map((ending) => join(folder, command + ending))
  );
  return candidates.find((path) => existsSync(path));
}

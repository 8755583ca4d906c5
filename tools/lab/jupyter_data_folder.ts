import { posix, win32 } from "node:path";

/** What decides where Jupyter keeps its files. */
export interface Machine {
  readonly os: typeof Deno.build.os;
  /** Environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The user's Jupyter data folder, by the rules of `jupyter_core.paths.jupyter_data_dir`: `JUPYTER_DATA_DIR`, or else the
 * platform's own place.
 *
 * @throws {Error} where nothing says which folder is the user's.
 */
export function jupyterDataFolder({ os, env }: Machine): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (os === "windows") {
    if (env.APPDATA) return win32.join(env.APPDATA, "jupyter");
    return win32.join(home(env.USERPROFILE), ".jupyter", "data");
  }
  if (os === "darwin") return posix.join(home(env.HOME), "Library", "Jupyter");
  if (env.XDG_DATA_HOME) return posix.join(env.XDG_DATA_HOME, "jupyter");
  return posix.join(home(env.HOME), ".local", "share", "jupyter");
}

function home(folder: string | undefined): string {
  if (folder) return folder;
  throw new Error("Cannot find the Jupyter data folder: set JUPYTER_DATA_DIR, or HOME.");
}

/** The file that ends training when it appears in the notebook's folder. */
export const stopFileName = "stop-training";

/**
 * Whether somebody has put a file called `stop-training` into the folder; the file is taken away, so
 * that it stops one run.
 *
 * For clients whose Stop button would end the kernel: `touch notebooks/stop-training` in a terminal,
 * or New, Text File in Jupyter.
 */
export async function askedToStop(folder = "."): Promise<boolean> {
  try {
    await Deno.remove(`${folder}/${stopFileName}`);
    return true;
  } catch {
    // Not there, or not ours to take away: then it would stop every run from now on.
    return false;
  }
}

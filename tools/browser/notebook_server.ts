import { existsSync } from "node:fs";
import { join } from "node:path";
import { installKernelspec } from "tools/lab/kernelspec.ts";

/** A Jupyter Notebook server of our own, on this machine only. */
export interface NotebookServer {
  /** Address of a notebook by its path in the folder. */
  addressOf(notebook: string): string;
  stop(): Promise<void>;
}

/** Says how to get Debian's Jupyter Notebook where there is none. */
export const noNotebook = "There is no Jupyter Notebook here: its tests are left out. " +
  'Get it with "apt install jupyter-notebook" (Debian, Ubuntu).';

/** The classic Jupyter Notebook on the `PATH`, if there is one. */
export function findNotebook(
  env: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return (env.PATH ?? "").split(":").map((folder) => join(folder, "jupyter-notebook"))
    .find((path) => existsSync(path));
}

/**
 * Starts Jupyter Notebook on a folder, with our kernelspec and nothing of the user's.
 *
 * @throws {Error} if it does not start within 60 s; the message holds what it said.
 */
export async function startNotebookServer(
  path: string,
  { folder }: { folder: string },
): Promise<NotebookServer> {
  const home = await Deno.makeTempDir({ prefix: "unrolled-jupyter-" });
  const env = Object.fromEntries(
    ["DATA", "CONFIG", "RUNTIME"].map((name) => [`JUPYTER_${name}_DIR`, join(home, name)]),
  );
  await installKernelspec(env.JUPYTER_DATA_DIR, { denoPath: Deno.execPath() });
  const child = new Deno.Command(path, {
    args: [
      "--no-browser",
      "--allow-root",
      "--ip=127.0.0.1",
      `--port=${freePort()}`,
      "--NotebookApp.token=",
      "--NotebookApp.password=",
      `--notebook-dir=${folder}`,
    ],
    env: { ...env, IPYTHONDIR: join(home, "ipython") },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const stop = async () => {
    // At SIGTERM it shuts its kernels down first.
    child.kill("SIGTERM");
    await child.status;
    await Deno.remove(home, { recursive: true }).catch(() => {});
  };
  try {
    const address = await spokenAddress(child.stderr);
    const addressOf = (notebook: string) => `${address}notebooks/${encodeURI(notebook)}`;
    return { addressOf, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A port that was free a moment ago: told to choose by itself, Notebook 6 says that it listens at port 0. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

async function spokenAddress(stderr: ReadableStream<BufferSource>): Promise<string> {
  const decoder = new TextDecoder();
  const reader = (stderr as ReadableStream<Uint8Array>).getReader();
  let said = "";
  const timer = setTimeout(() => reader.cancel().catch(() => {}), 60_000);
  try {
    while (true) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`Jupyter Notebook did not start: ${said.trim().slice(-500)}`);
      said += decoder.decode(value, { stream: true });
      const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
      if (!address) continue;
      // It must go on talking to somebody, or its pipe fills up.
      (async () => {
        while (!(await reader.read()).done);
      })().catch(() => {});
      return address[0];
    }
  } finally {
    clearTimeout(timer);
  }
}

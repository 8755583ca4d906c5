import { BrowserPage } from "tools/browser/browser_page.ts";
import { DevtoolsConnection } from "tools/browser/devtools_connection.ts";

/** A headless Chromium with a profile of its own. */
export interface Browser {
  openPage(): Promise<BrowserPage>;
  close(): Promise<void>;
}

const startSeconds = 30;

/** What a browser is started with. */
export interface BrowserOptions {
  /** Gives its pages a WebGPU adapter in software, where there is no GPU. */
  readonly softwareWebgpu?: boolean;
}

/**
 * Starts a headless Chromium.
 *
 * @throws {Error} if it does not start within 30 s; the message holds what it said.
 */
export async function startBrowser(
  path: string,
  { softwareWebgpu = false }: BrowserOptions = {},
): Promise<Browser> {
  const profile = await Deno.makeTempDir({ prefix: "unrolled-chromium-" });
  const child = new Deno.Command(path, {
    args: [
      "--headless=new",
      // Containers give a browser no namespaces of its own; it opens nothing but our own pages.
      "--no-sandbox",
      softwareWebgpu ? "--enable-unsafe-webgpu" : "--disable-gpu",
      "--disable-dev-shm-usage",
      "--no-first-run",
      "--remote-debugging-port=0",
      `--user-data-dir=${profile}`,
      "about:blank",
    ],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const removeProfile = async () => {
    await child.status;
    // Its helpers may hold the folder a moment longer than it lives.
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        return await Deno.remove(profile, { recursive: true });
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  try {
    const connection = await DevtoolsConnection.open(await devtoolsAddress(child.stderr));
    return {
      openPage: () => BrowserPage.open(connection),
      async close() {
        await connection.call("Browser.close").catch(() => {});
        await connection.close();
        await removeProfile();
      },
    };
  } catch (error) {
    child.kill("SIGKILL");
    await removeProfile();
    throw error;
  }
}

/** Reads what the browser says until it names its address; what it says later is let go by. */
async function devtoolsAddress(stderr: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const reader = stderr.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  const timer = setTimeout(() => reader.cancel().catch(() => {}), startSeconds * 1000);
  try {
    while (true) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`Chromium did not start: ${said.trim().slice(-500)}`);
      said += value;
      const address = /DevTools listening on (ws:\S+)/.exec(said);
      if (!address) continue;
      drain(reader);
      return address[1];
    }
  } finally {
    clearTimeout(timer);
  }
}

async function drain(reader: ReadableStreamDefaultReader<string>): Promise<void> {
  try {
    while (!(await reader.read()).done);
  } catch {
    // The pipe ends with the browser.
  }
}

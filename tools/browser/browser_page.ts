import type { DevtoolsConnection, DevtoolsEvent } from "tools/browser/devtools_connection.ts";
import { waitUntil } from "tools/browser/wait_until.ts";

/** How a page is seen. */
export interface PageView {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly scheme?: "light" | "dark";
  readonly medium?: "screen" | "print";
}

/** A page in a browser, driven from outside. */
export class BrowserPage {
  /** Errors of the page: uncaught, logged by `console.error`, or said by the browser. */
  readonly errors: string[] = [];
  readonly #connection: DevtoolsConnection;
  readonly #sessionId: string;
  readonly #targetId: string;
  #loads = 0;

  private constructor(
    connection: DevtoolsConnection,
    { sessionId, targetId }: { sessionId: string; targetId: string },
  ) {
    this.#connection = connection;
    this.#sessionId = sessionId;
    this.#targetId = targetId;
    connection.listen((event) => event.sessionId === sessionId && this.#hear(event));
  }

  /** Opens an empty page. */
  static async open(connection: DevtoolsConnection): Promise<BrowserPage> {
    const { targetId } = await connection.call("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await connection.call("Target.attachToTarget", {
      targetId,
      flatten: true,
    });
    const page = new BrowserPage(connection, { sessionId, targetId });
    for (const domain of ["Page", "Runtime", "Log"]) await page.call(`${domain}.enable`);
    return page;
  }

  // deno-lint-ignore no-explicit-any -- every method has its own result
  call(method: string, params: object = {}): Promise<any> {
    return this.#connection.call(method, params, this.#sessionId);
  }

  /** @throws {Error} if the address cannot be loaded, or takes more than 30 s. */
  async goto(url: string): Promise<void> {
    const before = this.#loads;
    const { errorText } = await this.call("Page.navigate", { url });
    if (errorText) throw new Error(`Cannot open ${url}: ${errorText}`);
    await waitUntil(() => this.#loads > before, { what: `${url} to load`, seconds: 30 });
  }

  /**
   * The value of an expression in the page; a promise is waited for.
   *
   * @throws {Error} if it throws there
   */
  // deno-lint-ignore no-explicit-any -- any JSON
  async evaluate(expression: string): Promise<any> {
    const { result, exceptionDetails } = await this.call("Runtime.evaluate", {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture: true,
    });
    if (exceptionDetails) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  }

  /**
   * Waits until an expression holds in the page, and gives its value.
   *
   * @throws {Error} if it does not within `seconds`, or within `seconds` after another expression, `progress`, has
   * changed its value for the last time
   */
  waitFor(
    expression: string,
    { seconds = 10, progress }: { seconds?: number; progress?: string } = {},
    // deno-lint-ignore no-explicit-any -- any JSON
  ): Promise<any> {
    return waitUntil(() => this.evaluate(expression), {
      what: expression,
      seconds,
      ...progress !== undefined && { progress: () => this.evaluate(progress) },
    });
  }

  async setView({ width, height, scheme = "light", medium = "screen" }: PageView): Promise<void> {
    const size = { width, height, deviceScaleFactor: 1, mobile: width < 600 };
    await this.call("Emulation.setDeviceMetricsOverride", size);
    const features = [{ name: "prefers-color-scheme", value: scheme }];
    await this.call("Emulation.setEmulatedMedia", { media: medium, features });
  }

  /** Presses and lets go a key by its name, such as `Tab` or `Enter`. */
  async press(key: string): Promise<void> {
    const codes: Record<string, number> = { Tab: 9, Enter: 13, " ": 32, Escape: 27 };
    const event = {
      key,
      windowsVirtualKeyCode: codes[key],
      ...key === "Enter" && { text: "\r" },
      ...key === " " && { text: " " },
    };
    await this.call("Input.dispatchKeyEvent", { type: "keyDown", ...event });
    await this.call("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  /** Writes a picture of the whole page as PNG. */
  async screenshot(path: string): Promise<void> {
    const { data } = await this.call("Page.captureScreenshot", {
      format: "png",
      captureBeyondViewport: true,
    });
    await Deno.writeFile(path, Uint8Array.fromBase64(data));
  }

  async close(): Promise<void> {
    await this.#connection.call("Target.closeTarget", { targetId: this.#targetId });
  }

  #hear({ method, params }: DevtoolsEvent): void {
    if (method === "Page.loadEventFired") this.#loads++;
    if (method === "Page.javascriptDialogOpening") {
      // A page that asks whether to leave would wait for ever.
      this.call("Page.handleJavaScriptDialog", { accept: true }).catch(() => {});
    }
    if (method === "Runtime.exceptionThrown") {
      const { exception, text } = params.exceptionDetails;
      this.errors.push(exception?.description ?? text);
    }
    if (method === "Runtime.consoleAPICalled" && params.type === "error") {
      const words = params.args.map((one: { value?: unknown; description?: string }) =>
        one.value ?? one.description
      );
      this.errors.push(words.join(" "));
    }
    if (method === "Log.entryAdded" && params.entry.level === "error") {
      this.errors.push(`${params.entry.text} ${params.entry.url ?? ""}`.trim());
    }
  }
}

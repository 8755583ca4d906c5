/** An event of the DevTools protocol. */
export interface DevtoolsEvent {
  readonly method: string;
  readonly sessionId?: string;
  // deno-lint-ignore no-explicit-any -- every event has its own
  readonly params: any;
}

interface Reply {
  id?: number;
  result?: unknown;
  error?: { message: string };
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** A connection to a browser that speaks the DevTools protocol. */
export class DevtoolsConnection {
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Set<(event: DevtoolsEvent) => void>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
    socket.onclose = () => {
      for (const { reject } of this.#pending.values()) reject(new Error("The browser has ended."));
      this.#pending.clear();
    };
  }

  /** @throws {Error} if nothing answers at the address. */
  static async open(address: string): Promise<DevtoolsConnection> {
    const socket = new WebSocket(address);
    await new Promise<void>((resolve, reject) => {
      socket.onopen = () => resolve();
      socket.onerror = () => reject(new Error(`No browser answers at ${address}.`));
    });
    return new DevtoolsConnection(socket);
  }

  /**
   * Calls a method and gives its result.
   *
   * @throws {Error} with the browser's words
   */
  // deno-lint-ignore no-explicit-any -- every method has its own result
  call(method: string, params: object = {}, sessionId?: string): Promise<any> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, {
        resolve,
        reject: (error) => reject(new Error(`${method}: ${error.message}`)),
      });
      this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    });
  }

  /** Hears every event from now on. */
  listen(listener: (event: DevtoolsEvent) => void): void {
    this.#listeners.add(listener);
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise((resolve) =>
      this.#socket.addEventListener("close", resolve, { once: true })
    );
    this.#socket.close();
    await closed;
  }

  #receive(message: Reply & DevtoolsEvent): void {
    if (message.id === undefined) {
      for (const listener of this.#listeners) listener(message);
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.error) pending?.reject(new Error(message.error.message));
    else pending?.resolve(message.result);
  }
}

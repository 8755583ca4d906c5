import { KernelGoneError } from "tools/jupyter/wire/kernel_connection.ts";
import type { KernelMessage } from "tools/jupyter/wire/kernel_message.ts";
import type { Kernel } from "tools/jupyter/kernel/start_kernel.ts";
import {
  type ImportedName,
  importProbeCode,
  sentinelCode,
  sentinelMessageType,
  type SentinelReport,
  setupCode,
} from "tools/jupyter/kernel/kernel_setup.ts";

/** What a kernel says of a cell it has run; a reply of "error" may stand alone, without any output. */
export interface CellReply {
  readonly status: "ok" | "error";
  readonly errorName: string;
  readonly errorMessage: string;
  readonly traceback: readonly string[];
}

/**
 * Runs code in a kernel that has been prepared with our set-up code.
 *
 * After each cell comes a silent sentinel request. Its broadcast closes the cell: everything before it, in order of
 * arrival, is the cell's. The kernel announces "idle" too early, and its parent ids are not to be trusted either.
 */
export class KernelSession {
  /** Called with each broadcast that is not one of the session's own. */
  onBroadcast: (message: KernelMessage) => void = () => {};

  readonly #kernel: Kernel;
  readonly #answers = new Map<number, (content: KernelMessage["content"]) => void>();
  #lastToken = 0;
  #lastHeardAt = 0;

  private constructor(kernel: Kernel) {
    this.#kernel = kernel;
    kernel.connection.onBroadcast = (message) => {
      this.#lastHeardAt = performance.now();
      if (message.header.msg_type !== sentinelMessageType) return this.onBroadcast(message);
      this.#answers.get(message.content.token)?.(message.content);
    };
  }

  /** Prepares a fresh kernel; rejects with a `KernelGoneError` if it cannot be. */
  static async open(kernel: Kernel): Promise<KernelSession> {
    const session = new KernelSession(kernel);
    const reply = await session.#execute(setupCode(), { silent: true });
    if (reply.status !== "ok") {
      throw new KernelGoneError(`Cannot prepare the kernel: ${reply.errorMessage}`);
    }
    return session;
  }

  /** Runs a cell; rejects with a `KernelGoneError` when the kernel ends before it does. */
  async runCell(source: string): Promise<CellReply> {
    return await this.#execute(source, { silent: false });
  }

  /**
   * Waits until everything the kernel has put out is here, and asks what went wrong unsaid since the last time.
   *
   * @throws {KernelGoneError} if the kernel says nothing at all for `timeoutSeconds`.
   */
  async settle(
    names: readonly ImportedName[],
    { timeoutSeconds = 30 }: { timeoutSeconds?: number } = {},
  ): Promise<SentinelReport> {
    const content = await this.#ask((token) => sentinelCode(token, names), timeoutSeconds);
    return content as unknown as SentinelReport;
  }

  /** Why a module cannot be imported, in the kernel's words; undefined if it can. */
  async importFailure(specifier: string): Promise<string | undefined> {
    const content = await this.#ask((token) => importProbeCode(token, specifier), 60);
    return content.reason ?? undefined;
  }

  async #ask(
    code: (token: number) => string,
    timeoutSeconds: number,
  ): Promise<KernelMessage["content"]> {
    const token = ++this.#lastToken;
    const answer = new Promise<KernelMessage["content"]>((resolve) =>
      this.#answers.set(token, resolve)
    );
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new KernelGoneError(
        `The kernel is stuck: it did not answer within ${timeoutSeconds} seconds`,
      );
      // A million lines take their time: as long as they come, the kernel is not stuck.
      const look = (since: number) => {
        const left = since + timeoutSeconds * 1000 - performance.now();
        if (left <= 0) reject(error);
        else timer = setTimeout(() => look(Math.max(since, this.#lastHeardAt)), left);
      };
      look(performance.now());
    });
    const refused = this.#execute(code(token), { silent: true }).then((reply) => {
      if (reply.status === "ok") return answer;
      throw new KernelGoneError(`The kernel cannot be asked any more: ${reply.errorMessage}`);
    });
    try {
      return await Promise.race([refused, late, this.#kernel.gone]);
    } finally {
      clearTimeout(timer);
      this.#answers.delete(token);
    }
  }

  async #execute(code: string, { silent }: { silent: boolean }): Promise<CellReply> {
    const request = this.#kernel.connection.request("execute_request", {
      content: {
        code,
        silent,
        store_history: !silent,
        user_expressions: {},
        allow_stdin: false,
        stop_on_error: false,
      },
    });
    // The process knows more than the connection of why they ended.
    request.catch(() => {});
    const reply = request.catch((error) => this.#kernel.gone.then(() => Promise.reject(error)));
    const { content } = await Promise.race([reply, this.#kernel.gone]);
    return {
      status: content.status === "ok" ? "ok" : "error",
      errorName: content.ename ?? "Error",
      errorMessage: content.evalue ?? `the kernel replied ${JSON.stringify(content.status)}`,
      traceback: content.traceback ?? [],
    };
  }
}

import type { ConnectionInfo } from "tools/jupyter/wire/connection_info.ts";
import {
  createMessage,
  decodeMessage,
  encodeMessage,
  type KernelMessage,
} from "tools/jupyter/wire/kernel_message.ts";
import { ZmtpSocket } from "tools/jupyter/wire/zmtp_socket.ts";

/** A kernel that is gone, stuck, or talks rubbish. */
export class KernelGoneError extends Error {
  override name = "KernelGoneError";
  /** The signal that ended the process, where one did. */
  endedBySignal?: string;
}

type Channel = "shell" | "control";

/** A client's end of a kernel: requests on shell and control, a listener on iopub. */
export class KernelConnection {
  /** Called with each message of the iopub channel, in the order of arrival. */
  onBroadcast: (message: KernelMessage) => void = () => {};
  /** Rejects with a `KernelGoneError` when a channel ends or turns to rubbish; never resolves. */
  readonly broken: Promise<never>;
  /** Resolves when all channels have ended, and so everything that the kernel sent has been handled. */
  readonly drained: Promise<void>;

  readonly #info: ConnectionInfo;
  readonly #session = crypto.randomUUID();
  readonly #sockets: Record<Channel | "iopub", ZmtpSocket>;
  readonly #waiting = new Map<string, (reply: KernelMessage) => void>();
  #closed = false;

  private constructor(info: ConnectionInfo, sockets: Record<Channel | "iopub", ZmtpSocket>) {
    this.#info = info;
    this.#sockets = sockets;
    const listeners = [
      this.#listen("shell", this.#resolveReply),
      this.#listen("control", this.#resolveReply),
      this.#listen("iopub", (message) => this.onBroadcast(message)),
    ];
    this.broken = Promise.race(listeners);
    this.drained = Promise.allSettled(listeners).then(() => {});
    // Whoever races against it hears of it; nobody has to.
    this.broken.catch(() => {});
  }

  /**
   * Connects the shell, control and iopub channels.
   *
   * @throws {Deno.errors.ConnectionRefused} if the kernel does not listen (yet).
   * @throws {ZmtpError} if what listens there is no kernel.
   */
  static async connect(info: ConnectionInfo, signal?: AbortSignal): Promise<KernelConnection> {
    const opened: ZmtpSocket[] = [];
    const open = async (port: number, socketType: "DEALER" | "SUB") => {
      const socket = await ZmtpSocket.connect({ hostname: info.ip, port, socketType }, signal);
      opened.push(socket);
      return socket;
    };
    try {
      const iopub = await open(info.iopub_port, "SUB");
      const shell = await open(info.shell_port, "DEALER");
      const control = await open(info.control_port, "DEALER");
      return new KernelConnection(info, { iopub, shell, control });
    } catch (error) {
      for (const socket of opened) socket.close();
      throw error;
    }
  }

  /** Sends a request and resolves with its reply; rejects when the connection breaks first. */
  request(
    messageType: string,
    { content = {}, channel = "shell" }: { content?: Record<string, unknown>; channel?: Channel } =
      {},
  ): Promise<KernelMessage> {
    const message = createMessage(messageType, { content, session: this.#session });
    const id = message.header.msg_id;
    const reply = new Promise<KernelMessage>((resolve) => this.#waiting.set(id, resolve));
    const sent = this.#sockets[channel].send(encodeMessage(message, this.#info.key))
      .then(() => reply, (error) => {
        throw new KernelGoneError(`Cannot send to the kernel's ${channel} channel: ${error}`);
      });
    return Promise.race([sent, this.broken]).finally(() => this.#waiting.delete(id));
  }

  /** Closes the channels; the kernel is left alone. */
  close(): void {
    this.#closed = true;
    for (const socket of Object.values(this.#sockets)) socket.close();
  }

  async #listen(
    channel: Channel | "iopub",
    handle: (message: KernelMessage) => void,
  ): Promise<never> {
    while (true) {
      let message: KernelMessage | undefined;
      try {
        const frames = await this.#sockets[channel].receive();
        message = frames && decodeMessage(frames, this.#info.key);
      } catch (error) {
        throw new KernelGoneError(
          `Cannot understand the kernel on its ${channel} channel: ${(error as Error).message}`,
          { cause: error },
        );
      }
      if (!message) break;
      // What a handler throws is its caller's affair, and ends the connection as it is.
      handle(message);
    }
    throw new KernelGoneError(
      this.#closed ? "The connection was closed" : `The kernel closed its ${channel} channel`,
    );
  }

  readonly #resolveReply = (reply: KernelMessage): void => {
    this.#waiting.get(reply.parentHeader.msg_id ?? "")?.(reply);
  };
}

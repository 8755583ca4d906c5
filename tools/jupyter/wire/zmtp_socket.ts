import {
  commandName,
  concatenate,
  encodeFrame,
  encodeGreeting,
  encodeReady,
  readFrame,
  readGreeting,
  ZmtpError,
} from "tools/jupyter/wire/zmtp_frames.ts";

/** Where to connect, and as what. */
export interface ZmtpAddress {
  readonly hostname: string;
  readonly port: number;
  /** DEALER talks to a kernel's shell and control channels, SUB listens to its iopub. */
  readonly socketType: "DEALER" | "SUB";
}

/** One connection of a ZeroMQ socket: messages of several frames, both ways. */
export class ZmtpSocket {
  readonly #connection: Deno.Conn;
  readonly #buffer = new Uint8Array(64 * 1024);
  #unread: Uint8Array = new Uint8Array(0);
  #lastWrite: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
    connection.setNoDelay(true);
  }

  /**
   * Connects and shakes hands; a SUB socket subscribes to everything.
   *
   * @throws {Deno.errors.ConnectionRefused} if nobody listens there.
   * @throws {ZmtpError} if the peer does not speak ZMTP 3.
   */
  static async connect(address: ZmtpAddress, signal?: AbortSignal): Promise<ZmtpSocket> {
    const { hostname, port, socketType } = address;
    const socket = new ZmtpSocket(await Deno.connect({ hostname, port }));
    // A peer that accepts and then says nothing would hold the handshake for ever.
    const giveUp = () => socket.close();
    signal?.addEventListener("abort", giveUp);
    try {
      signal?.throwIfAborted();
      await socket.#shakeHands(socketType);
      if (socketType === "SUB") await socket.send([Uint8Array.of(1)]);
      return socket;
    } finally {
      signal?.removeEventListener("abort", giveUp);
    }
  }

  /**
   * Shakes hands on a connection that somebody has made to us, as the ROUTER of that one peer.
   *
   * @throws {ZmtpError} if the peer does not speak ZMTP 3.
   */
  static async accept(connection: Deno.TcpConn): Promise<ZmtpSocket> {
    const socket = new ZmtpSocket(connection);
    await socket.#shakeHands("ROUTER");
    return socket;
  }

  /** Sends the frames as one message; messages leave in the order of the calls. */
  send(frames: readonly Uint8Array[]): Promise<void> {
    const last = frames.length - 1;
    return this.#write(
      concatenate(
        frames.map((body, index) => encodeFrame({ body, more: index < last, command: false })),
      ),
    );
  }

  /**
   * The next message's frames, or undefined when the connection has been closed by either side.
   *
   * @throws {ZmtpError} if the peer sends what is not ZMTP.
   */
  async receive(): Promise<Uint8Array[] | undefined> {
    const frames: Uint8Array[] = [];
    while (true) {
      let frame;
      try {
        frame = await readFrame(this.#readExactly);
      } catch (error) {
        if (error instanceof ZmtpError) throw error;
        return undefined;
      }
      if (frame.command) continue;
      frames.push(frame.body);
      if (!frame.more) return frames;
    }
  }

  /** Closes the connection; closing twice does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #shakeHands(socketType: string): Promise<void> {
    try {
      await this.#write(encodeGreeting());
      await readGreeting(this.#readExactly);
      await this.#write(encodeReady(socketType));
      const reply = await readFrame(this.#readExactly);
      if (!reply.command || commandName(reply) !== "READY") {
        throw new ZmtpError("Cannot connect: the peer's first frame is not READY");
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #write(bytes: Uint8Array): Promise<void> {
    const write = async () => {
      let sent = 0;
      while (sent < bytes.length) sent += await this.#connection.write(bytes.subarray(sent));
    };
    const written = this.#lastWrite.then(write);
    this.#lastWrite = written.catch(() => {});
    return written;
  }

  readonly #readExactly = async (length: number): Promise<Uint8Array> => {
    const chunks = [this.#unread];
    let available = this.#unread.length;
    while (available < length) {
      const count = await this.#connection.read(this.#buffer);
      if (count === null) throw new Deno.errors.UnexpectedEof("The connection was closed");
      // A copy of what came: a message of a line would else hold a whole buffer.
      chunks.push(this.#buffer.slice(0, count));
      available += count;
    }
    const bytes = chunks.length === 1 ? chunks[0] : concatenate(chunks);
    this.#unread = bytes.subarray(length);
    return bytes.subarray(0, length);
  };
}

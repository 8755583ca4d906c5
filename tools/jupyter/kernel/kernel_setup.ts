/** Something that went wrong in the kernel beside the cell's own flow, of which the kernel says nothing. */
export interface RecordedFailure {
  readonly kind: "unhandled-rejection" | "timer-error" | "failed-test";
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** A name that a cell imports by a static import. */
export interface ImportedName {
  readonly specifier: string;
  readonly name: string;
}

/** What the kernel answers to the sentinel. */
export interface SentinelReport {
  readonly token: number;
  readonly failures: readonly RecordedFailure[];
  /** Those of the names asked about that their modules do not hold at run time: missing, or types. */
  readonly absentNames: readonly ImportedName[];
}

/** The private message that the sentinel broadcasts. */
export const sentinelMessageType = "unrolled_sentinel";

/** Code to run once in a fresh kernel: it records what the kernel leaves unsaid, and defines the sentinel. */
export function setupCode(): string {
  return `(${install})(${JSON.stringify(sentinelMessageType)}); undefined;`;
}

/** Code of the sentinel request: its broadcast comes after everything that the cell before it put out. */
export function sentinelCode(token: number, importedNames: readonly ImportedName[]): string {
  return `await globalThis[Symbol.for("unrolled.sentinel")](${token}, ${
    JSON.stringify(importedNames)
  })`;
}

/** Code that broadcasts why a module cannot be imported, or null if it can. */
export function importProbeCode(token: number, specifier: string): string {
  return `await globalThis[Symbol.for("unrolled.importProbe")](${token}, ${
    JSON.stringify(specifier)
  })`;
}

/** Runs in the kernel, sent as its own source: it must not use anything of this module. */
function install(messageType: string): void {
  // Taken now, for cells may replace them.
  const { setTimeout, addEventListener } = globalThis;
  const broadcast = Deno.jupyter.broadcast.bind(Deno.jupyter);
  let failures: RecordedFailure[] = [];

  function record(kind: RecordedFailure["kind"], thrown: unknown): void {
    const error = thrown instanceof Error ? thrown : { message: String(thrown) };
    failures.push({
      kind,
      name: "name" in error ? error.name : "Error",
      message: error.message,
      stack: ("stack" in error && error.stack) || error.message,
    });
  }
  function recordUnlessHandled(event: Event, kind: RecordedFailure["kind"], thrown: unknown): void {
    // An event that nobody prevents leaves the kernel's event loop hanging, now and then.
    event.preventDefault();
    // A cell's own listener comes later, and may say that the event is dealt with.
    let handled = false;
    Object.defineProperty(event, "preventDefault", { value: () => handled = true });
    queueMicrotask(() => handled || record(kind, thrown));
  }
  addEventListener("error", (event) => recordUnlessHandled(event, "timer-error", event.error));
  addEventListener(
    "unhandledrejection",
    (event) => recordUnlessHandled(event, "unhandled-rejection", event.reason),
  );

  // A message costs the kernel 5 KB: past a cell's first thousand prints, those of one turn leave together.
  let prints = 0;
  let held = { name: "log", text: "" };
  const native: Record<string, (...data: unknown[]) => void> = {
    log: console.log,
    error: console.error,
  };
  function flushPrints(): void {
    const { name, text } = held;
    held = { name, text: "" };
    // It adds the line's end itself.
    if (text !== "") native[name]("%s", text.replace(/\n$/, ""));
  }
  function print(text: string, level: number): void {
    const name = level > 1 ? "error" : "log";
    if (name !== held.name) flushPrints();
    if (held.text === "" && ++prints > 1000) queueMicrotask(flushPrints);
    else if (held.text !== "") prints++;
    held = { name, text: held.text + text };
    if (prints <= 1000 || held.text.length > 64_000) flushPrints();
  }
  // deno-lint-ignore no-explicit-any -- not in the types; where a Deno has it no more, each print is a message again
  const { Console } = (Deno as any)[(Deno as any).internal] ?? {};
  if (Console) {
    const methods = Object.entries(new Console(print)).filter(([name, method]) =>
      typeof method === "function" && name in console
    );
    Object.assign(console, Object.fromEntries(methods));
  }
  for (const name of ["broadcast", "display"] as const) {
    // deno-lint-ignore no-explicit-any -- handed on as it is
    const send: any = Deno.jupyter[name];
    // deno-lint-ignore no-explicit-any -- handed on as it is
    (Deno.jupyter as any)[name] = (...data: unknown[]) => {
      flushPrints();
      return send.apply(Deno.jupyter, data);
    };
  }

  // The kernel drops what a program writes itself; here it becomes an output, in its place among those of console.log.
  function showWrites(out: typeof Deno.stdout, name: "stdout" | "stderr"): void {
    const decoder = new TextDecoder();
    const writeSync = (bytes: Uint8Array) => {
      const text = decoder.decode(bytes, { stream: true });
      flushPrints();
      // The kernel corrupts messages of 8 MB.
      for (let at = 0; at < text.length; at += 1_000_000) {
        void broadcast("stream", { name, text: text.slice(at, at + 1_000_000) });
      }
      return bytes.length;
    };
    const writable = new WritableStream<Uint8Array<ArrayBuffer>>({
      write: (bytes) => void writeSync(bytes),
    });
    // `process.stdout` comes through here too.
    Object.assign(out, {
      writeSync,
      write: (bytes: Uint8Array) => Promise.resolve(writeSync(bytes)),
    });
    Object.defineProperty(out, "writable", { value: writable });
  }
  showWrites(Deno.stdout, "stdout");
  showWrites(Deno.stderr, "stderr");

  /** A child's output to the same place as ours: inherited, it would be dropped. */
  const { Command } = Deno;
  Deno.Command = class extends Command {
    readonly #make: (streams: Deno.CommandOptions) => Deno.Command;
    readonly #options: Deno.CommandOptions;

    constructor(command: string | URL, options: Deno.CommandOptions = {}) {
      super(command, options);
      this.#make = (streams) => new Command(command, { ...options, ...streams });
      this.#options = options;
    }

    override spawn(): Deno.ChildProcess {
      const { stdout = "inherit", stderr = "inherit" } = this.#options;
      if (stdout !== "inherit" && stderr !== "inherit") return super.spawn();
      const child = this.#make({ stdout: piped(stdout), stderr: piped(stderr) }).spawn();
      const shown = [
        stdout === "inherit" && show(child.stdout, Deno.stdout),
        stderr === "inherit" && show(child.stderr, Deno.stderr),
      ];
      const status = child.status.then(async (status) => {
        await Promise.race([Promise.all(shown), new Promise((done) => setTimeout(done, 300))]);
        return status;
      });
      return Object.defineProperty(child, "status", { value: status });
    }

    override async output(): Promise<Deno.CommandOutput> {
      const { stdout, stderr } = this.#options;
      const output = await this.#make({ stdout: piped(stdout), stderr: piped(stderr) }).output();
      return this.#shown(output);
    }

    override outputSync(): Deno.CommandOutput {
      const { stdout, stderr } = this.#options;
      return this.#shown(this.#make({ stdout: piped(stdout), stderr: piped(stderr) }).outputSync());
    }

    #shown(output: Deno.CommandOutput): Deno.CommandOutput {
      if (this.#options.stdout === "inherit") Deno.stdout.writeSync(output.stdout);
      if (this.#options.stderr === "inherit") Deno.stderr.writeSync(output.stderr);
      return output;
    }
  };
  function piped(stream: Deno.CommandOptions["stdout"]) {
    return stream === "inherit" ? "piped" : stream;
  }
  async function show(from: ReadableStream<Uint8Array>, to: typeof Deno.stdout): Promise<void> {
    for await (const bytes of from) to.writeSync(bytes);
  }

  // deno-lint-ignore no-explicit-any -- Deno.test has six signatures; all we do is wrap the functions among its arguments
  type Loose = any;
  const wrap = (test: Loose) => async (...args: unknown[]) => {
    try {
      await test(...args);
    } catch (error) {
      record("failed-test", error);
      throw error;
    }
  };
  const wrapArgument = (argument: Loose) =>
    typeof argument === "function"
      ? Object.defineProperty(wrap(argument), "name", { value: argument.name })
      : typeof argument?.fn === "function"
      ? { ...argument, fn: wrap(argument.fn) }
      : argument;
  const test: Loose = Deno.test;
  (Deno as Loose).test = Object.assign((...args: Loose[]) => test(...args.map(wrapArgument)), test);

  const shared = globalThis as unknown as Record<symbol, unknown>;
  shared[Symbol.for("unrolled.sentinel")] = async (token: number, names: ImportedName[]) => {
    // A timer that was due at once is the finished cell's.
    await new Promise((resolve) => setTimeout(resolve, 2));
    const absentNames: ImportedName[] = [];
    for (const wanted of names) {
      const module = await import(wanted.specifier).catch(() => undefined);
      if (module && !(wanted.name in module)) absentNames.push(wanted);
    }
    flushPrints();
    prints = 0;
    const report = { token, failures, absentNames };
    failures = [];
    await broadcast(messageType, report);
  };
  shared[Symbol.for("unrolled.importProbe")] = async (token: number, specifier: string) => {
    const reason = await import(specifier).then(() => null, (error) => String(error?.message));
    await broadcast(messageType, { token, reason });
  };
}

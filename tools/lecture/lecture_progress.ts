import type { ProgressEvent } from "tools/jupyter/run/execution_result.ts";

/** Where progress is shown. */
export interface ProgressTarget {
  readonly write: (text: string) => void;
  /** Whether lines can be rewritten. */
  readonly isTerminal: boolean;
  /** Characters in a line. */
  readonly width: () => number;
  /** Milliseconds on a clock that only runs forward. */
  readonly now: () => number;
}

interface Running {
  readonly startedAt: number;
  cell: string;
  detail: string;
  lineAt: number;
}

/** Least time between two plain lines on one notebook, in milliseconds. */
const plainInterval = 2000;

/** Characters shown of a line that a cell printed. */
const longestNews = 500;

/** Live progress of a lecture: one rewritten line in a terminal, plain lines elsewhere. */
export class LectureProgress {
  readonly #target: ProgressTarget;
  readonly #running = new Map<string, Running>();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(target: ProgressTarget) {
    this.#target = target;
    // A cell that trains for a minute must not look dead: the elapsed time goes on.
    if (target.isTerminal) this.#timer = setInterval(() => this.#redraw(), 250);
  }

  /** A notebook begins. */
  start(name: string): void {
    const startedAt = this.#target.now();
    this.#running.set(name, { startedAt, cell: "starting", detail: "", lineAt: startedAt });
    if (this.#target.isTerminal) this.#redraw();
    else this.#target.write(`${name}  starting\n`);
  }

  /** Something happened in a running notebook. */
  report(name: string, event: ProgressEvent): void {
    const running = this.#running.get(name);
    if (!running || event.type === "kernel-started") return;
    running.cell = `cell ${event.cellIndex + 1}/${event.cellCount}`;
    if (event.type === "cell-started") running.detail = "";
    if (event.type === "cell-output") running.detail = news(event) ?? running.detail;
    if (this.#target.isTerminal) return;
    const now = this.#target.now();
    if (now - running.lineAt < plainInterval) return;
    running.lineAt = now;
    this.#target.write(`${this.#line(name, running)}\n`);
  }

  /** A notebook has ended. */
  finish(name: string, outcome: string): void {
    const running = this.#running.get(name);
    this.#running.delete(name);
    const elapsed = running ? `  ${clock(this.#target.now() - running.startedAt)}` : "";
    this.note(`${name}  ${outcome}${elapsed}`);
  }

  /** A line that stays. */
  note(text: string): void {
    this.#target.write(`${this.#target.isTerminal ? "\r\x1b[2K" : ""}${text}\n`);
    this.#redraw();
  }

  /** Stops the clock and clears the line. */
  close(): void {
    clearInterval(this.#timer);
    this.#running.clear();
    if (this.#target.isTerminal) this.#target.write("\r\x1b[2K");
  }

  #redraw(): void {
    if (!this.#target.isTerminal || this.#running.size === 0) return;
    const lines = [...this.#running].map(([name, running]) => this.#line(name, running));
    const width = Math.max(this.#target.width() - 1, 20);
    const text = lines.join("  |  ");
    const shown = text.length > width ? `${text.slice(0, width - 1)}…` : text;
    this.#target.write(`\r\x1b[2K${shown}`);
  }

  #line(name: string, { cell, startedAt, detail }: Running): string {
    const elapsed = clock(this.#target.now() - startedAt);
    return `${name}  ${cell}  ${elapsed}${detail === "" ? "" : `  ${detail}`}`;
  }
}

/** Minutes and seconds, as in 1:07. */
export function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** A line that a cell printed just now, or showed as text; pictures' descriptions are no news. */
function news({ output, addedText }: Extract<ProgressEvent, { type: "cell-output" }>) {
  const data = (output.data ?? {}) as Record<string, unknown>;
  if (Object.keys(data).some((mime) => mime.startsWith("image/"))) return undefined;
  const text = addedText ?? data["text/plain"];
  if (typeof text !== "string" && !Array.isArray(text)) return undefined;
  const lines = (Array.isArray(text) ? text.join("") : text)
    // deno-lint-ignore no-control-regex
    .replace(/\u001b\[[0-9;]*m/g, "").trim().split("\n");
  // A table or a claim is not a line of progress.
  return lines.length === 1 && lines[0] !== "" ? lines[0].slice(0, longestNews) : undefined;
}

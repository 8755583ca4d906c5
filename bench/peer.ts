import type { Shape } from "./shapes.ts";

/** One way to do a training step: a library with a number of threads. */
export interface Contender {
  /** Such as "pytorch, 2 threads". */
  readonly name: string;
  /** Milliseconds that `count` training steps take. */
  run(count: number): number | Promise<number>;
  /** Ends it and frees what it holds. */
  close(): void | Promise<void>;
}

/** A library that can set up contenders; `note` says why it cannot. */
export interface Peer {
  readonly name: "ours" | "wide" | "pytorch" | "tfjs";
  readonly note?: string;
  contenders(shape: Shape): Promise<Contender[]>;
  close(): void | Promise<void>;
}

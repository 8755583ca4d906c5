import type { CellKind } from "lib/kernels/network_config.ts";
import type { LossFloor } from "lib/models/ngrams/ngram_sweep.ts";
import type { GradientAtDistance } from "lib/probes/gradients/gradient_by_distance.ts";

/** Where a network is trained. */
export type PlaygroundBackend = "wasm" | "webgpu";

/** What the visitor chose. */
export interface PlaygroundSettings {
  readonly text: string;
  readonly cell: CellKind;
  /** By the text's length if not told. */
  readonly hiddenSize?: number;
  readonly learningRate: number;
  readonly seed: number;
}

/** What training starts from. */
export interface PlaygroundStart {
  /** What computes, in a sentence. */
  readonly engine: string;
  readonly hiddenSize: number;
  readonly parameterCount: number;
  readonly vocabularySize: number;
  /** What equal chances and counting cost on the validation part: lines under the loss curve. */
  readonly floors: readonly LossFloor[];
  /** The sizes chosen, why, and what the text can teach; a sentence each. */
  readonly notes: readonly string[];
}

/** A point of the loss curve. */
export interface PlaygroundRecord {
  readonly trainingStep: number;
  readonly lossNats: number;
  readonly validationLossNats?: number;
}

/** How far training has come. */
export interface PlaygroundProgress {
  /** Those since the last progress. */
  readonly records: readonly PlaygroundRecord[];
  /** Median over a batch of the norm of d loss_T / d s_t; s is h, for an LSTM h and c together. */
  readonly gradient: readonly GradientAtDistance[];
  readonly sample: string;
  readonly epoch: number;
  readonly charactersPerSecond: number;
  /** What computes, where that has changed since the last progress. */
  readonly engine?: string;
}

/** What the page asks of its worker. */
export type PlaygroundRequest =
  | { readonly kind: "start"; readonly settings: PlaygroundSettings }
  | { readonly kind: "stop" }
  | { readonly kind: "continue" }
  | {
    readonly kind: "write";
    readonly prompt: string;
    readonly length: number;
    readonly temperature: number;
  };

/** What the worker answers. */
export type PlaygroundReply =
  | { readonly kind: "started"; readonly start: PlaygroundStart }
  | { readonly kind: "progress"; readonly progress: PlaygroundProgress }
  | { readonly kind: "stopped" }
  | { readonly kind: "written"; readonly text: string }
  | { readonly kind: "failed"; readonly message: string };

/** Why a run ended. */
export type StopReason =
  | "trainingSteps"
  | "timeBudget"
  | "signal"
  | "stopRequest"
  | "earlyStopping"
  | "nonFiniteLoss";

/** What `train` yields: plain numbers about the training steps since the record before. */
export interface TrainingRecord {
  /** Number of updates made so far. */
  readonly trainingStep: number;
  /** Passes over the training windows made so far; fractional. */
  readonly epoch: number;
  /** Mean loss per token in nats, before each update, over the steps since the last record. */
  readonly lossNats: number;
  /** Mean over those steps of the global L2 norm of the gradient, before clipping. */
  readonly gradientNorm: number;
  /** Share of those steps whose gradient was clipped. */
  readonly clippedShare: number;
  /** Tokens trained on per second of wall time. A timing: differs from run to run. */
  readonly charactersPerSecond: number;
  /** Wall time since the start of `train`. A timing: differs from run to run. */
  readonly elapsedSeconds: number;
  /** Mean loss per token on the validation windows, in nats, where this record measured it. */
  readonly validationLossNats?: number;
  /** What computed the steps, such as "fused wasm, 2 threads" or "tfjs wasm". */
  readonly engine: string;
  /** On the last record only. */
  readonly stopReason?: StopReason;
}

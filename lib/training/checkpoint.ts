import type { NetworkConfig } from "lib/kernels/network_config.ts";
import { carriedArrays, optimizerKinds } from "lib/kernels/optimizer_defaults.ts";
import type { OptimizerSettings, StackState } from "lib/kernels/sequence_network.ts";
import type { NamedArray } from "lib/models/safetensors.ts";
import { decodeSafetensors, encodeSafetensors } from "lib/models/safetensors.ts";
import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import type { EarlyStoppingState } from "lib/training/early_stopping.ts";
import { assignAll } from "lib/training/engines/tf_optimizer.ts";
import type { TrainingEngine } from "lib/training/engines/training_engine.ts";
import { z } from "zod";

/** A training run at rest, enough to go on with the same bits. */
export interface Checkpoint {
  readonly trainingStep: number;
  /** `name` of the model it belongs to, its sizes and its vocabulary, checked when it is restored. */
  readonly model: string;
  /** `parameters/*`, `best/*`, `optimizer/squares/*`, `optimizer/moments/*`, `state/*`. */
  readonly arrays: Readonly<Record<string, NamedArray>>;
  readonly stateBatchSize: number;
  readonly early: EarlyStoppingState;
  /** Kind of the optimiser whose squares and moments these are; files of before have none. */
  readonly optimizer?: OptimizerSettings["kind"];
}

/** What `train` knows of a run beside the engine's own state. */
export interface RunProgress {
  readonly trainingStep: number;
  readonly state: StackState;
  readonly early: EarlyStoppingState;
  readonly bestParameters?: Readonly<Record<string, ArrayLike<number>>>;
}

type Arrays = Readonly<Record<string, ArrayLike<number>>>;

/** A checkpoint of the run as it stands. */
export async function takeCheckpoint(
  model: AnyTrainableModel,
  engine: TrainingEngine,
  { trainingStep, state, early, bestParameters }: RunProgress,
): Promise<Checkpoint> {
  const arrays: Record<string, NamedArray> = {};
  const put = (prefix: string, group: Arrays | undefined) => {
    for (const [name, values] of Object.entries(group ?? {})) {
      const shape = model.parameters[name]?.shape ?? [values.length];
      arrays[`${prefix}/${name}`] = { shape, values: Float32Array.from(values) };
    }
  };
  const { squares, moments } = await engine.optimizerState();
  put("parameters", await engine.parameters());
  put("best", bestParameters);
  put("optimizer/squares", squares);
  put("optimizer/moments", moments);
  const { hiddenState, cellState } = state;
  put("state", { hiddenState, ...(cellState && { cellState }) });
  return { trainingStep, model: identify(model), arrays, stateBatchSize: state.batchSize, early };
}

/**
 * Looks at whether a run can go on from a checkpoint, whatever engine computes it.
 *
 * A file that does not name its optimiser is known by its arrays: squares and moments are Adam's, moments
 * alone SGD's with momentum. Squares alone may be Adagrad's or RMSprop's.
 *
 * @throws {Error} if it is of another model or optimiser, or arrays are missing, of another size, or of no
 * use to the run.
 */
export function checkResume(
  checkpoint: Checkpoint,
  model: AnyTrainableModel,
  settings: OptimizerSettings,
): void {
  requireSameModel(checkpoint, model);
  const { kind } = settings;
  const { optimizer = kind, arrays } = checkpoint;
  if (optimizer !== kind) {
    throw new Error(`Cannot resume: the checkpoint is of ${optimizer}, the optimizer is ${kind}.`);
  }
  if (!arrays["state/hiddenState"]) {
    throw new Error("Cannot resume: the checkpoint has no state/hiddenState.");
  }
  const sizes = Object.fromEntries(
    Object.entries(model.parameters).map(([name, { size }]) => [name, size]),
  );
  const { squares, moments } = carriedArrays(settings);
  const hasBest = Object.keys(arrays).some((name) => name.startsWith("best/"));
  const groups: Record<string, Sizes> = {
    parameters: sizes,
    best: hasBest ? sizes : {},
    "optimizer/squares": squares ? sizes : {},
    "optimizer/moments": moments ? sizes : {},
    state: stateSizes(model, checkpoint.stateBatchSize),
  };
  for (const [prefix, needed] of Object.entries(groups)) {
    requireArrays(arrays, needed, { prefix, kind });
  }
}

/** Numbers of an array, by its name. */
type Sizes = Readonly<Record<string, number>>;

function requireArrays(
  arrays: Checkpoint["arrays"],
  needed: Sizes,
  { prefix, kind }: { prefix: string; kind: string },
): void {
  for (const [name, size] of Object.entries(needed)) {
    const length = arrays[`${prefix}/${name}`]?.values.length;
    if ((length ?? 0) !== size) {
      throw new Error(
        `Cannot resume: ${prefix}/${name} takes ${size} numbers, the checkpoint has ${
          length ?? "none"
        }.`,
      );
    }
  }
  const useless = Object.entries(arrays).find(([name, { values }]) =>
    name.startsWith(`${prefix}/`) && values.length > 0 && !(name.slice(prefix.length + 1) in needed)
  );
  if (useless) {
    throw new Error(
      `Cannot resume: the checkpoint has ${
        useless[0]
      }, for which ${kind} and the model have no use.`,
    );
  }
}

/** A transformer carries no state between windows. */
function stateSizes({ config }: AnyTrainableModel, batchSize: number): Sizes {
  if (!("cell" in config)) return { hiddenState: 0 };
  const { cell, layerCount, hiddenSize } = config as NetworkConfig;
  const hiddenState = layerCount * batchSize * hiddenSize;
  return { hiddenState, ...(cell === "lstm" && { cellState: hiddenState }) };
}

function requireSameModel(checkpoint: Checkpoint, model: AnyTrainableModel): void {
  if (checkpoint.model === identify(model)) return;
  throw new Error(
    `Cannot resume: the checkpoint is of ${checkpoint.model}, the model is ${identify(model)}.`,
  );
}

/**
 * Puts a checkpoint back into a model and its engine.
 *
 * The engine must have been made for the same optimiser.
 *
 * @throws {Error} if the checkpoint belongs to another model.
 */
export function restoreCheckpoint(
  checkpoint: Checkpoint,
  model: AnyTrainableModel,
  engine: TrainingEngine,
): RunProgress {
  requireSameModel(checkpoint, model);
  const group = (prefix: string): Record<string, Float32Array> | undefined => {
    const entries = Object.entries(checkpoint.arrays)
      .filter(([name]) => name.startsWith(`${prefix}/`))
      .map(([name, { values }]) => [name.slice(prefix.length + 1), values]);
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  };
  const { trainingStep, stateBatchSize, early } = checkpoint;
  const parameters = group("parameters")!;
  assignAll(model.parameters, parameters);
  engine.setParameters(parameters);
  engine.setOptimizerState({
    trainingStep,
    squares: group("optimizer/squares"),
    moments: group("optimizer/moments"),
  });
  const { hiddenState, cellState } = group("state")!;
  const state = { batchSize: stateBatchSize, hiddenState, ...(cellState && { cellState }) };
  return { trainingStep, state, early, bestParameters: group("best") };
}

/** The checkpoint as the bytes of a safetensors file. */
export function encodeCheckpoint({ arrays, ...rest }: Checkpoint): Uint8Array<ArrayBuffer> {
  // JSON has no Infinity; before the first evaluation the best loss is just that.
  const text = JSON.stringify(rest, (_, value) => value === Infinity ? "Infinity" : value);
  return encodeSafetensors({ arrays, metadata: { checkpoint: text } });
}

const count = z.number().int().nonnegative();

/** What a file says of a run beside its arrays. JSON has no infinity: see `encodeCheckpoint`. */
const noteSchema = z.object({
  trainingStep: count,
  model: z.string(),
  stateBatchSize: count,
  early: z.object({
    bestLossNats: z.union([z.number(), z.literal("Infinity").transform(() => Infinity)]),
    bestTrainingStep: count,
    evaluationsSinceBest: count,
  }),
  optimizer: z.enum(optimizerKinds).optional(),
});

/** @throws {Error} if the bytes are no checkpoint. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { arrays, metadata } = decodeSafetensors(bytes);
  if (metadata.checkpoint === undefined) {
    throw new Error("Cannot resume: the file holds arrays, but no checkpoint of a training run.");
  }
  let note: unknown;
  try {
    note = JSON.parse(metadata.checkpoint);
  } catch (cause) {
    throw new Error("Cannot resume: the file's note on the training run is no JSON.", { cause });
  }
  const { data, error } = noteSchema.safeParse(note);
  if (error) {
    const [{ path, message }] = error.issues;
    const where = path.length > 0 ? `its ${path.join(".")}: ` : "";
    throw new Error(
      `Cannot resume: the file's note on the training run is none, ${where}${message}.`,
      { cause: error },
    );
  }
  return { ...data, arrays };
}

function identify({ name, config, vocabulary }: AnyTrainableModel): string {
  const { size, tokens } = vocabulary;
  return `${name} ${JSON.stringify(config)} over ${size} tokens (${fingerprint(tokens)})`;
}

/** 32-bit FNV-1a of the tokens in their order: one letter more or two swapped, and ids mean others. */
function fingerprint(tokens: readonly string[]): string {
  const text = tokens.join("\u0000");
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}

import type { AnyTrainableModel } from "lib/models/trainable_model.ts";
import type { WindowSchedule } from "lib/text/windows/window.ts";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "lib/training/checkpoint.ts";
import { train } from "lib/training/train.ts";

/** A training run whose learning rate falls in stages. */
export interface StagedRunOptions {
  readonly name: string;
  readonly updates: number;
  readonly schedule: WindowSchedule;
  readonly learningRate: number;
  /** Factors of the learning rate and the share of the updates that each has. */
  readonly stages: readonly { readonly factor: number; readonly share: number }[];
  readonly maxGradientNorm: number;
  readonly validation: Int32Array;
  readonly seed: number;
  /** Goes on from a checkpoint that was made under the same settings. */
  readonly resume: boolean;
  readonly checkpoints: URL;
  /** Everything that makes the run: a checkpoint of other settings is not used. */
  readonly settings: unknown;
}

/** What a staged run reached. */
export interface StagedRun {
  readonly name: string;
  readonly parameters: number;
  readonly updates: number;
  readonly engine: string;
  /** Nats per character of the whole validation part. */
  readonly validationLossNats: number;
  /** The validation loss on its first tenth, for the curve. */
  readonly curve: readonly CurvePoint[];
}

interface CurvePoint {
  readonly trainingStep: number;
  readonly lossNats: number;
  readonly validationLossNats: number;
}

interface Progress {
  readonly settings: string;
  readonly engine: string;
  readonly curve: CurvePoint[];
}

/** Trains a model in stages, a checkpoint every tenth of the run, and measures it on the way. */
export async function runInStages(
  model: AnyTrainableModel,
  options: StagedRunOptions,
): Promise<StagedRun> {
  const { name, updates, schedule, validation, maxGradientNorm } = options;
  const made = JSON.stringify({ name, updates, settings: options.settings, seed: options.seed });
  const before = options.resume ? await readProgress(options, made) : undefined;
  const curve = before?.progress.curve ?? [];
  let checkpoint = before?.checkpoint;
  let engine = before?.progress.engine ?? "";
  const tenth = validation.subarray(0, Math.ceil(validation.length / 10));
  const meanLoss = async (ids: Int32Array) => {
    const losses = await model.tokenLosses(ids);
    return losses.reduce((sum: number, loss: number) => sum + loss, 0) / losses.length;
  };
  for (const { from, to, learningRate } of pieces(options)) {
    if ((checkpoint?.trainingStep ?? 0) >= to) continue;
    const records = train(model, schedule, {
      optimizer: { kind: "adam", learningRate },
      maxGradientNorm,
      trainingSteps: to,
      recordEvery: to - from,
      resumeFrom: checkpoint,
      onCheckpoint: (taken) => void (checkpoint = taken),
    });
    for await (const record of records) {
      const { trainingStep, lossNats } = record;
      engine = record.engine;
      curve.push({ trainingStep, lossNats, validationLossNats: await meanLoss(tenth) });
    }
    await writeProgress(options, { settings: made, engine, curve }, checkpoint!);
    const last = curve[curve.length - 1];
    console.log(`${name}, update ${to}: ${last.lossNats}, held out ${last.validationLossNats}`);
  }
  const parameters = model.parameterCount;
  const validationLossNats = await meanLoss(validation);
  console.log(`${name}: ${validationLossNats.toFixed(4)} nats`);
  return { name, parameters, updates, engine, validationLossNats, curve };
}

/** The run cut at every tenth and wherever the learning rate falls. */
function pieces({ updates, stages, learningRate }: StagedRunOptions) {
  let done = 0;
  const rates = stages.map(({ factor, share }) => {
    done += share;
    return { until: Math.round(done * updates), learningRate: factor * learningRate };
  });
  const tenths = Array.from({ length: 10 }, (_, at) => Math.round((at + 1) * updates / 10));
  const cuts = [...new Set([...tenths, ...rates.map(({ until }) => until)])].sort((a, b) => a - b);
  return cuts.map((to, at) => ({
    from: cuts[at - 1] ?? 0,
    to,
    learningRate: (rates.find(({ until }) => to <= until) ?? rates[rates.length - 1]).learningRate,
  }));
}

function fileOf({ checkpoints, name }: StagedRunOptions, ending: string): URL {
  return new URL(`${name.replaceAll(/[^\w]+/g, "_")}.${ending}`, checkpoints);
}

async function readProgress(options: StagedRunOptions, made: string) {
  try {
    const progress: Progress = JSON.parse(await Deno.readTextFile(fileOf(options, "json")));
    if (progress.settings !== made) return undefined;
    const bytes = await Deno.readFile(fileOf(options, "safetensors"));
    return { progress, checkpoint: decodeCheckpoint(bytes) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function writeProgress(
  options: StagedRunOptions,
  progress: Progress,
  checkpoint: Checkpoint,
): Promise<void> {
  await Deno.mkdir(options.checkpoints, { recursive: true });
  await Deno.writeFile(fileOf(options, "safetensors"), encodeCheckpoint(checkpoint));
  await Deno.writeTextFile(fileOf(options, "json"), JSON.stringify(progress));
}

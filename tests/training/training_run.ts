import { streamWindows } from "lib/text/windows/stream_windows.ts";
import type { WindowSchedule } from "lib/text/windows/window.ts";
import type { RecurrentLanguageModel } from "lib/models/recurrent_language_model.ts";
import { train, type TrainOptions } from "lib/training/train.ts";
import type { TrainingRecord } from "lib/training/training_record.ts";
import { randomIds } from "../models/small_model.ts";

/** Seven windows to an epoch that continue one another, of random ids: nothing to learn. */
export const streams: WindowSchedule = streamWindows(randomIds(3 * 42 + 1), {
  batchSize: 3,
  unrollLength: 6,
});

/** Windows of another shape, for validation. */
export const otherStreams: WindowSchedule = streamWindows(randomIds(200).slice(-50), {
  batchSize: 2,
  unrollLength: 8,
});

/** Trains to the end and gives all records. */
export async function trainToEnd(
  model: RecurrentLanguageModel,
  options: TrainOptions,
  schedule: WindowSchedule = streams,
): Promise<TrainingRecord[]> {
  const records: TrainingRecord[] = [];
  for await (const record of train(model, schedule, options)) records.push(record);
  return records;
}

/** The records without their timings: what reproduces. */
export function withoutTimings(records: readonly TrainingRecord[]) {
  return records.map(({ charactersPerSecond: _speed, elapsedSeconds: _time, ...rest }) => rest);
}

/** Copies of the model's parameters. */
export function parametersOf(model: RecurrentLanguageModel): Record<string, number[]> {
  const entries = Object.entries(model.parameters);
  return Object.fromEntries(entries.map(([name, value]) => [name, [...value.dataSync()]]));
}

import { logSoftmaxRow } from "lib/models/token_losses.ts";
import type { TrainableModel } from "lib/models/trainable_model.ts";
import { chooseEngine } from "lib/training/engines/choose_engine.ts";

/** A model's scores at every position of a text, before softmax. */
export interface PositionScores {
  readonly vocabularySize: number;
  /** Scores of the tokens after each of ids[0..length - 2], [positions, vocabularySize]. */
  readonly logits: Float32Array | Float64Array;
  /** The token that came, [positions]. */
  readonly targetIds: Int32Array;
}

/** Reads a text from the zero state and keeps the scores of every position. */
export async function positionScores(
  model: TrainableModel,
  ids: Int32Array,
): Promise<PositionScores> {
  const window = {
    inputIds: ids.slice(0, -1),
    targetIds: ids.slice(1),
    timeSteps: ids.length - 1,
    batchSize: 1,
  };
  const engine = await chooseEngine(model, { ...window, engine: "auto" });
  const { outputs } = await engine.evaluate(window, { outputs: true });
  engine.dispose();
  const vocabularySize = model.vocabulary.size;
  return { vocabularySize, logits: outputs!, targetIds: window.targetIds };
}

/**
 * The mean loss of scores in nats, after a change to each position's scores.
 *
 * @param change alters a copy of the scores of one position, [vocabularySize], in place; a score of
 * -Infinity takes the entry out
 */
export function lossOfScores(
  { vocabularySize, logits, targetIds }: PositionScores,
  change: (scores: Float64Array) => void = () => {},
): number {
  let sum = 0;
  for (let position = 0; position < targetIds.length; position++) {
    const start = position * vocabularySize;
    const scores = Float64Array.from(logits.subarray(start, start + vocabularySize));
    change(scores);
    sum -= logSoftmaxRow(scores, vocabularySize)[targetIds[position]];
  }
  return sum / targetIds.length;
}

/**
 * A change for `lossOfScores` that leaves all but `entries` free: the first entry's score is subtracted
 * from all, which no softmax notices, and the scores of all entries are then held at 0.
 */
export function withFixedScores(entries: readonly number[]): (scores: Float64Array) => void {
  return (scores) => {
    if (entries.length === 0) return;
    const reference = scores[entries[0]];
    for (let token = 0; token < scores.length; token++) scores[token] -= reference;
    for (const entry of entries) scores[entry] = 0;
  };
}

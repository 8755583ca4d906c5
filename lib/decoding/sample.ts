import type { ScoreFilter } from "lib/decoding/score_filter.ts";
import { drawIndex } from "lib/random/draw_index.ts";
import type { Random } from "lib/random/random_stream.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";

/** How to sample. */
export interface SampleOptions {
  /** At least one id: what the model reads before it writes. */
  readonly promptIds: ArrayLike<number>;
  /** Number of tokens to write. */
  readonly length: number;
  /** Divides the logits: 1 samples the model's own distribution, 0 takes the likeliest token. */
  readonly temperature?: number;
  /** Which tokens of the tempered distribution may be drawn: `topK(k)`, `nucleus(p)`. Default: all. */
  readonly filter?: ScoreFilter;
  readonly random: Random;
}

/** Tokens a model wrote, without the prompt. */
export interface Sample {
  readonly ids: Int32Array;
  /** Nats of the written tokens given all before them, under the model at temperature 1. */
  readonly lossNats: number;
}

/**
 * Writes tokens one after the other, each drawn from the model given everything before it.
 *
 * @throws {RangeError} if the prompt is empty, the length not a whole number, or the temperature negative.
 */
export async function sample(model: LanguageModel, options: SampleOptions): Promise<Sample> {
  const { promptIds, length, temperature = 1, filter, random } = options;
  if (!promptIds?.length) {
    throw new RangeError(
      "Cannot sample: promptIds are empty; a model needs a token to start from, as " +
        'tokenizer.encode("The ") gives.',
    );
  }
  if (!Number.isSafeInteger(length) || length < 0) {
    throw new RangeError(`Cannot sample: length must be a whole number >= 0, got ${length}.`);
  }
  requireTemperature(temperature);
  let state = model.initialState(1);
  const last = promptIds.length - 1, firstId = promptIds[last];
  for (let i = 0; i < last; i++) ({ state } = await model.step(state, [promptIds[i]]));
  if (model.write && !filter) {
    const written = await model.write(state, { firstId, length, temperature, random });
    let lossNats = 0;
    for (let i = 0; i < length; i++) lossNats += written.losses[i];
    return { ids: written.ids, lossNats };
  }
  let logits: Float32Array;
  ({ logits, state } = await model.step(state, [firstId]));
  const ids = new Int32Array(length);
  let lossNats = 0;
  for (let i = 0; i < length; i++) {
    const logProbabilities = logSoftmaxRow(logits, model.vocabulary.size);
    ids[i] = drawToken(logProbabilities, { temperature, filter, random });
    lossNats -= logProbabilities[ids[i]];
    if (i + 1 < length) ({ logits, state } = await model.step(state, [ids[i]]));
  }
  return { ids, lossNats };
}

/**
 * One token from scores in nats, softened or sharpened by the temperature; the first of the
 * likeliest at temperature 0.
 *
 * @throws {RangeError} if the temperature is negative or not a number, or a score is not a number.
 */
export function drawToken(
  scores: ArrayLike<number>,
  { temperature, filter, random }: {
    temperature: number;
    filter?: ScoreFilter;
    random: Random;
  },
): number {
  requireTemperature(temperature);
  // Loops: with a callback per token this would take longer than the network does.
  const count = scores.length;
  let largest = -Infinity;
  for (let id = 0; id < count; id++) largest = Math.max(largest, scores[id]);
  if (!Number.isFinite(largest)) {
    throw new RangeError(`Cannot sample: the largest score is ${largest}; the model has diverged.`);
  }
  if (temperature === 0) return Array.from(scores).indexOf(largest);
  const tempered = new Float64Array(count);
  for (let id = 0; id < count; id++) tempered[id] = (scores[id] - largest) / temperature;
  const allowed = filter ? filter(logSoftmaxRow(tempered, count)) : tempered;
  const weights = new Float64Array(count);
  for (let id = 0; id < count; id++) weights[id] = Math.exp(allowed[id]);
  return drawIndex(weights, random);
}

function requireTemperature(temperature: number): void {
  if (temperature >= 0) return;
  throw new RangeError(`Cannot sample: the temperature must be at least 0, got ${temperature}.`);
}

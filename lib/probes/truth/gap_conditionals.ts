import * as tf from "@tensorflow/tfjs";
import { readTensors } from "lib/kernels/read_tensor.ts";
import type { MaskedTransformer } from "lib/models/transformer/masked_transformer.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";
import type { SequenceSource } from "lib/sources/sequence_source.ts";

/** All sequences of a length over an alphabet, numbered with the first symbol as the highest digit. */
export interface SequenceSpace {
  readonly size: number;
  readonly length: number;
}

/**
 * For every place and every sequence, the probability of the sequence's symbol at that place given the
 * others (or those before it): [place][sequence].
 */
export type GapConditionals = readonly Float64Array[];

/** P(sequence) of every sequence of a length under a source, exact: [size^length]. */
export function jointTable(source: SequenceSource, length: number): Float64Array {
  const size = source.alphabet.length;
  const joint = new Float64Array(size ** length);
  const descend = (state: unknown, code: number, depth: number, probability: number): void => {
    if (depth === length) joint[code] = probability;
    else {
      source.predict(state).forEach((chance, symbol) => {
        if (chance === 0) return;
        const next = source.advance(state, symbol);
        descend(next, code * size + symbol, depth + 1, probability * chance);
      });
    }
  };
  descend(source.initialState(), 0, 0, 1);
  return joint;
}

/** The exact conditionals of a joint distribution, given both sides or the left side alone. */
export function exactConditionals(
  joint: Float64Array,
  { size, length, seesFuture }: SequenceSpace & { seesFuture: boolean },
): GapConditionals {
  return Array.from({ length }, (_, place) => {
    const digit = size ** (length - 1 - place);
    // Left only: sequences that agree up to the place are summed over what follows.
    const step = seesFuture ? 1 : digit;
    const own = new Float64Array(joint.length / step);
    joint.forEach((probability, code) => own[Math.floor(code / step)] += probability);
    const unit = digit / step;
    return joint.map((_, code) => {
      const at = Math.floor(code / step);
      const first = at - (Math.floor(at / unit) % size) * unit;
      let total = 0;
      for (let symbol = 0; symbol < size; symbol++) total += own[first + symbol * unit];
      return own[at] / total;
    });
  });
}

/** A gap-filling model's conditionals: each place of each sequence masked alone. */
export async function modelConditionals(
  model: MaskedTransformer,
  { size, length }: SequenceSpace,
): Promise<GapConditionals> {
  const count = size ** length;
  const digits = Array.from({ length }, (_, place) => size ** (length - 1 - place));
  const tables: Float64Array[] = [];
  for (let gap = 0; gap < length; gap++) {
    const inputIds = new Int32Array(length * count);
    for (let time = 0; time < length; time++) {
      for (let code = 0; code < count; code++) {
        const symbol = Math.floor(code / digits[time]) % size;
        inputIds[time * count + code] = time === gap ? model.maskId : symbol;
      }
    }
    const scored = tf.tidy(() =>
      model.forward({ inputIds, timeSteps: length, batchSize: count }, []).logits
    );
    const [logits] = await readTensors([scored]);
    scored.dispose();
    const { vocabularySize } = model.config;
    tables.push(Float64Array.from({ length: count }, (_, code) => {
      const start = (gap * count + code) * vocabularySize;
      const row = logSoftmaxRow(logits.subarray(start, start + size), size); // the mask is no answer
      return Math.exp(row[Math.floor(code / digits[gap]) % size]);
    }));
  }
  return tables;
}

/** The share of gaps filled right by always taking the likeliest symbol, under the true distribution. */
export function gapAccuracy(
  joint: Float64Array,
  { size, length, conditionals }: SequenceSpace & { conditionals: GapConditionals },
): number {
  let right = 0;
  for (let place = 0; place < length; place++) {
    const unit = size ** (length - 1 - place);
    for (let code = 0; code < joint.length; code++) {
      if (Math.floor(code / unit) % size !== 0) continue;
      let best = code;
      for (let symbol = 1; symbol < size; symbol++) {
        const other = code + symbol * unit;
        if (conditionals[place][other] > conditionals[place][best]) best = other;
      }
      right += joint[best];
    }
  }
  return right / length;
}

/**
 * The sum over all sequences of the product of their conditionals: 1 for a likelihood (the chain rule
 * makes it so when each place is given those before it), anything else for a pseudo-likelihood (Besag 1975).
 */
export function totalMass(conditionals: GapConditionals): number {
  let total = 0;
  for (let code = 0; code < conditionals[0].length; code++) {
    total += conditionals.reduce((product, table) => product * table[code], 1);
  }
  return total;
}

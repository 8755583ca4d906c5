import type { LanguageModel } from "lib/models/language_model.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";
import type { SequenceSource } from "lib/sources/sequence_source.ts";

/** A model's joint probabilities of all sequences of one length. */
export interface SequenceEnumeration {
  /** V^length. */
  readonly sequences: number;
  /** Sum of their probabilities: 1 for a model whose conditionals are distributions. */
  readonly sum: number;
  /** Of each sequence in nats, in order of its ids read as a number of base V. [V^length] */
  readonly logProbabilities: Float64Array;
}

const ROWS = 8192;

/**
 * The probability of every one of the V^length sequences that may follow a prefix, by the chain rule.
 *
 * log P(x1 ... xn | prefix) is the sum of the model's conditionals; each sequence is read through on its own.
 *
 * @throws {RangeError} if the prefix is empty (a model predicts from the second token on), length is not a
 * whole number of at least 1, or there are more than 2^20 sequences.
 */
export async function enumerateSequences(
  model: LanguageModel,
  { length, prefix }: { length: number; prefix: ArrayLike<number> },
): Promise<SequenceEnumeration> {
  const { size } = model.vocabulary;
  const sequences = size ** length;
  if (prefix.length === 0 || !Number.isInteger(length) || length < 1 || sequences > 2 ** 20) {
    throw new RangeError(
      `Cannot enumerate ${size}^${length} sequences after a prefix of ${prefix.length} tokens.`,
    );
  }
  const logProbabilities = new Float64Array(sequences);
  for (let first = 0; first < sequences; first += ROWS) {
    const rows = Math.min(ROWS, sequences - first);
    let state = model.initialState(rows);
    let logits: Float32Array = new Float32Array(0);
    for (const id of Array.from(prefix)) {
      ({ logits, state } = await model.step(state, new Int32Array(rows).fill(id)));
    }
    for (let place = 0; place < length; place++) {
      const weight = size ** (length - 1 - place);
      const ids = Int32Array.from(
        { length: rows },
        (_, row) => Math.floor((first + row) / weight) % size,
      );
      ids.forEach((id, row) => {
        logProbabilities[first + row] += logSoftmaxRow(logits, size, row)[id];
      });
      if (place < length - 1) ({ logits, state } = await model.step(state, ids));
    }
  }
  const sum = logProbabilities.reduce((total, value) => total + Math.exp(value), 0);
  return { sequences, sum, logProbabilities };
}

/** The same for a source's exact conditionals, the prefix its own; impossible sequences have log-probability -Infinity. */
export function enumerateSource(
  source: SequenceSource,
  { length, prefix }: { length: number; prefix: ArrayLike<number> },
): SequenceEnumeration {
  const size = source.alphabet.length;
  const logProbabilities = new Float64Array(size ** length).fill(-Infinity);
  const visit = (state: unknown, depth: number, at: { place: number; log: number }) => {
    if (depth === length) {
      logProbabilities[at.place] = at.log;
      return;
    }
    source.predict(state).forEach((share, symbol) => {
      if (share === 0) return;
      const next = { place: at.place * size + symbol, log: at.log + Math.log(share) };
      visit(source.advance(state, symbol), depth + 1, next);
    });
  };
  visit(source.predictiveState(prefix), 0, { place: 0, log: 0 });
  const sum = logProbabilities.reduce((total, value) => total + Math.exp(value), 0);
  return { sequences: logProbabilities.length, sum, logProbabilities };
}

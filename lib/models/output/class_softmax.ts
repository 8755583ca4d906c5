import {
  moveRow,
  type OutputLayer,
  rowScore,
  type ScoreRows,
  zeroRows,
} from "lib/models/output/output_layer.ts";
import { logSoftmaxRow } from "lib/models/token_losses.ts";

/** Which class each token belongs to. */
export interface ClassSoftmaxOptions {
  /** [vocabularySize], whole numbers from 0, none left out. */
  readonly classOf: ArrayLike<number>;
  readonly hiddenSize: number;
}

/**
 * A hierarchical softmax of two levels (Goodman 2001): P(token) = P(class) P(token | class).
 *
 * Exactly normalised, so nothing about it is biased; but a token's scores are compared with those of
 * its class only, and a token costs 2 (classes + tokens of its class) H multiply-adds to learn:
 * about 4 sqrt(V) H with sqrt(V) classes.
 *
 * @throws {RangeError} if a class has no token
 */
export function classSoftmax({ classOf, hiddenSize }: ClassSoftmaxOptions): OutputLayer {
  const vocabularySize = classOf.length;
  const members = groupTokens(classOf);
  const classRows = zeroRows(members.length, hiddenSize);
  const tokenRows = zeroRows(vocabularySize, hiddenSize);
  const logsOf = (rows: ScoreRows, ids: ArrayLike<number>, state: Float64Array) =>
    logSoftmaxRow(Float64Array.from(ids, (id) => rowScore(rows, id, state)), ids.length);
  const classIds = members.map((_, id) => id);
  const learnRows = (
    rows: ScoreRows,
    ids: readonly number[],
    { state, target, learningRate }: { state: Float64Array; target: number; learningRate: number },
  ) => {
    const logs = logsOf(rows, ids, state);
    ids.forEach((id, place) => {
      const slope = Math.exp(logs[place]) - (id === target ? 1 : 0);
      moveRow(rows, id, { state, slope, learningRate });
    });
  };
  const logProbability = (state: Float64Array, target: number) => {
    const own = members[classOf[target]];
    return logsOf(classRows, classIds, state)[classOf[target]] +
      logsOf(tokenRows, own, state)[own.indexOf(target)];
  };
  return {
    name: `two levels, ${members.length} classes`,
    vocabularySize,
    logProbabilities(state) {
      const result = new Float64Array(vocabularySize);
      const classLogs = logsOf(classRows, classIds, state);
      members.forEach((own, id) => {
        logsOf(tokenRows, own, state).forEach((log, place) => {
          result[own[place]] = classLogs[id] + log;
        });
      });
      return result;
    },
    trainingLoss: (state, target) => -logProbability(state, target),
    learn(state, target, learningRate) {
      const id = classOf[target];
      learnRows(classRows, classIds, { state, target: id, learningRate });
      learnRows(tokenRows, members[id], { state, target, learningRate });
    },
    learningCost: (target) => 2 * (members.length + members[classOf[target]].length) * hiddenSize,
  };
}

/**
 * Classes of about equal size, the most frequent tokens together: about sqrt(V) of them.
 *
 * @param counts how often each token comes, [vocabularySize]
 */
export function frequencyClasses(counts: ArrayLike<number>): Int32Array {
  const size = counts.length;
  const perClass = Math.ceil(Math.sqrt(size));
  const order = Array.from({ length: size }, (_, token) => token)
    .sort((left, right) => counts[right] - counts[left] || left - right);
  const classOf = new Int32Array(size);
  order.forEach((token, place) => classOf[token] = Math.floor(place / perClass));
  return classOf;
}

function groupTokens(classOf: ArrayLike<number>): number[][] {
  const members: number[][] = [];
  for (let token = 0; token < classOf.length; token++) (members[classOf[token]] ??= []).push(token);
  const empty = Array.from(members).findIndex((own) => own === undefined);
  if (empty >= 0) throw new RangeError(`Cannot make classes: class ${empty} has no token.`);
  return members;
}

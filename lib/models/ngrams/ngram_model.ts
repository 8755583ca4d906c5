import { checkedModel } from "lib/models/checked_model.ts";
import { type ContextTree, countContexts } from "lib/models/ngrams/context_tree.ts";
import type { LanguageModel } from "lib/models/language_model.ts";
import { requireTwoTokens } from "lib/models/token_losses.ts";
import type { Vocabulary } from "lib/text/tokenizers/vocabulary.ts";

/** Orders a model may have. */
export const MAX_ORDER = 8;

/**
 * The last order - 1 tokens of each sequence of a batch, as places in the context tree.
 *
 * `nodes[sequence][length]` is the node of the last `length` tokens; -1 if the training text never has them, or
 * fewer were read.
 */
export interface NgramState {
  nodes: Int32Array[];
}

/** Settings of `ngramModel`. */
export interface NgramModelOptions {
  vocabulary: Vocabulary;
  /** Tokens of an n-gram: the token predicted and the order - 1 before it. 1 (unigram) to 8. */
  order: number;
}

/** A counted language model; it answers at once, never with a promise. */
export interface NgramModel extends LanguageModel<NgramState> {
  readonly order: number;
  step(state: NgramState, inputIds: ArrayLike<number>): { logits: Float32Array; state: NgramState };
  tokenLosses(ids: Int32Array): Float64Array;
}

/**
 * A Witten-Bell interpolated n-gram model, counted on the ids.
 *
 * P_n(w | h) = (c(h w) + N(h) P_n-1(w | h')) / (c(h) + N(h)), with c(h) the number of tokens seen after h, N(h) the
 * number of different ones, h' the context h without its oldest token, P_0 = 1 / V. A context never seen
 * leaves P_n = P_n-1. Witten and Bell (1991), method C; interpolated as in Chen and Goodman (1999), equation 17.
 * Logits are log-probabilities.
 *
 * @throws {RangeError} if the order is not 1 to 8, or an id is not in the vocabulary.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
 * import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
 * const vocabulary = createVocabulary(["a", "b"]);
 * const model = ngramModel(Int32Array.of(0, 0, 1, 0), { vocabulary, order: 1 });
 * const { logits } = model.step(model.initialState(1), [0]);
 * assertAlmostEquals(Math.exp(logits[0]), (3 + 2 / 2) / (4 + 2), 1e-6);
 * ```
 */
export function ngramModel(ids: Int32Array, options: NgramModelOptions): NgramModel {
  const { vocabulary, order } = options;
  return ngramModels(ids, { vocabulary, orders: [order] })[0];
}

/**
 * `ngramModel` for several orders, counted in one reading: the counts of a lower order are among those of the highest.
 *
 * @throws {RangeError} if an order is not 1 to 8, or an id is not in the vocabulary.
 */
export function ngramModels(
  ids: Int32Array,
  { vocabulary, orders }: { vocabulary: Vocabulary; orders: readonly number[] },
): NgramModel[] {
  orders.forEach(requireOrder);
  requireKnown(ids, vocabulary);
  if (orders.length === 0) return [];
  const tree = countContexts(ids, Math.max(...orders));
  return orders.map((order) => modelOf(tree, { vocabulary, order }));
}

function modelOf(tree: ContextTree, { vocabulary, order }: NgramModelOptions): NgramModel {
  // The longest context that the training text has decides everything, and few are met again and again.
  const scores = new Map<number, Float32Array>();
  const scoresAfter = (nodes: Int32Array) => {
    const longest = nodes.findLast((node) => node >= 0)!;
    let row = scores.get(longest);
    if (!row) {
      row = Float32Array.from(probabilitiesAfter(tree, nodes, vocabulary.size), Math.log);
      scores.set(longest, row);
    }
    return row;
  };
  const initialState = (batchSize: number) => ({
    nodes: Array.from({ length: batchSize }, () => freshNodes(order)),
  });
  const model: NgramModel = {
    name: `${order}-gram`,
    order,
    vocabulary,
    initialState,
    step(state, inputIds) {
      const { size } = vocabulary;
      const logits = new Float32Array(state.nodes.length * size);
      const nodes = state.nodes.map((before, row) => {
        const after = advanceNodes(tree, before, inputIds[row]);
        logits.set(scoresAfter(after), row * size);
        return after;
      });
      return { logits, state: { nodes } };
    },
    tokenLosses: (text) => ngramTokenLosses(tree, { ids: text, vocabulary })[order - 1],
  };
  return checkedModel(model, (state) => state.nodes.length);
}

/**
 * Nats of each of ids[1..] given all before it, for every order from 1 to the tree's, in one reading.
 *
 * One tree serves all orders: its counts up to length n are those of the model of order n.
 *
 * @returns one Float64Array [ids.length - 1] per order, order 1 first.
 */
export function ngramTokenLosses(
  tree: ContextTree,
  text: { ids: Int32Array; vocabulary: Vocabulary },
): Float64Array[] {
  const { ids, vocabulary } = text;
  requireTwoTokens(ids);
  requireKnown(ids, vocabulary);
  const losses = Array.from({ length: tree.order }, () => new Float64Array(ids.length - 1));
  let nodes = freshNodes(tree.order);
  for (let place = 1; place < ids.length; place++) {
    nodes = advanceNodes(tree, nodes, ids[place - 1]);
    let probability = 1 / vocabulary.size;
    for (let length = 0; length < tree.order; length++) {
      const node = nodes[length];
      if (node >= 0 && tree.followed[node] > 0) {
        const child = tree.child(node, ids[place]);
        const count = child < 0 ? 0 : tree.occurrences[child];
        const followers = tree.followers[node];
        probability = (count + followers * probability) / (tree.followed[node] + followers);
      }
      losses[length][place - 1] = -Math.log(probability);
    }
  }
  return losses;
}

/** @throws {RangeError} unless the order is a whole number from 1 to 8. */
export function requireOrder(order: number): void {
  if (!Number.isInteger(order) || order < 1 || order > MAX_ORDER) {
    throw new RangeError(
      `Cannot count n-grams: the order must be a whole number from 1 to ${MAX_ORDER}, got ${order}.`,
    );
  }
}

/** @throws {RangeError} at the first id that is not in the vocabulary. */
export function requireKnown(ids: Int32Array, vocabulary: Vocabulary): void {
  const place = ids.findIndex((id) => !(Number.isInteger(id) && id >= 0 && id < vocabulary.size));
  if (place >= 0) {
    throw new RangeError(
      `Cannot count n-grams: id ${ids[place]} at place ${place} is outside the vocabulary's ` +
        `0 to ${vocabulary.size - 1}.`,
    );
  }
}

/** Contexts of length 0 to order - 1 before anything is read. */
function freshNodes(order: number): Int32Array {
  const nodes = new Int32Array(order).fill(-1);
  nodes[0] = 0;
  return nodes;
}

function advanceNodes(tree: ContextTree, nodes: Int32Array, id: number): Int32Array {
  const next = freshNodes(nodes.length);
  for (let length = 1; length < nodes.length && nodes[length - 1] >= 0; length++) {
    next[length] = tree.child(nodes[length - 1], id);
  }
  return next;
}

function probabilitiesAfter(tree: ContextTree, nodes: Int32Array, size: number): Float64Array {
  const probabilities = new Float64Array(size).fill(1 / size);
  for (const node of nodes) {
    if (node < 0 || tree.followed[node] === 0) continue;
    const followers = tree.followers[node];
    const total = tree.followed[node] + followers;
    for (let id = 0; id < size; id++) probabilities[id] *= followers / total;
    tree.forEachFollower(node, (id, count) => probabilities[id] += count / total);
  }
  return probabilities;
}

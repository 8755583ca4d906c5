/**
 * Counts of all n-grams of a text up to an order, as a tree: the path from the root spells the n-gram.
 *
 * Nodes are numbers, the root (the empty context) 0. A child is found by hashing parent and symbol, so one
 * look-up costs the same for every order and alphabet: no n-gram is ever spelled out.
 */
export interface ContextTree {
  readonly order: number;
  readonly nodeCount: number;
  /** The node one symbol further, or -1 if the text never has it. */
  child(node: number, symbol: number): number;
  /** How often the n-gram of a node occurs. [nodeCount] */
  readonly occurrences: Int32Array;
  /** How often a node's n-gram is followed by a symbol. [nodeCount] */
  readonly followed: Int32Array;
  /** How many different symbols follow it. [nodeCount] */
  readonly followers: Int32Array;
  /** Calls back with every symbol seen after the node's n-gram, and how often. */
  forEachFollower(node: number, callback: (symbol: number, count: number) => void): void;
}

/**
 * Counts all n-grams of 1 to `order` symbols of a text.
 *
 * Takes about `order` hash look-ups per symbol: 1 MB of text at order 8 in one to two seconds.
 *
 * @throws {RangeError} if the order is not a whole number of at least 1.
 */
export function countContexts(ids: ArrayLike<number>, order: number): ContextTree {
  if (!Number.isInteger(order) || order < 1) {
    throw new RangeError(
      `Cannot count n-grams: the order must be a whole number of at least 1, got ${order}.`,
    );
  }
  const nodes = growingNodes();
  // ends[length]: the node of the last `length` symbols read.
  const ends = new Int32Array(order + 1).fill(-1);
  ends[0] = 0;
  for (let place = 0; place < ids.length; place++) {
    for (let length = Math.min(order, place + 1); length >= 1; length--) {
      ends[length] = nodes.count(ends[length - 1], ids[place]);
    }
  }
  return { order, ...nodes.finish() };
}

/** Nodes in flat arrays that double when full, and an open-addressing hash table of them. */
function growingNodes() {
  let parent = new Int32Array(1024);
  let symbol = new Int32Array(1024);
  let occurrences = new Int32Array(1024);
  let followed = new Int32Array(1024);
  let followers = new Int32Array(1024);
  let lastFollower = new Int32Array(1024); // 0: none, the root is nobody's follower
  let earlierFollower = new Int32Array(1024);
  let table = new Int32Array(4096); // node, or 0 for an empty slot
  let nodeCount = 1;

  /** The slot that holds the child, or the empty one where it belongs. */
  const slotOf = (node: number, next: number) => {
    const mask = table.length - 1;
    let hash = Math.imul(node, 0x9e3779b1) ^ Math.imul(next + 1, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    while (table[slot] !== 0 && !(parent[table[slot]] === node && symbol[table[slot]] === next)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  };
  const grow = () => {
    const doubled = (values: Int32Array<ArrayBuffer>) => {
      const larger = new Int32Array(2 * values.length);
      larger.set(values);
      return larger;
    };
    [parent, symbol, occurrences] = [parent, symbol, occurrences].map(doubled);
    [followed, followers] = [followed, followers].map(doubled);
    [lastFollower, earlierFollower] = [lastFollower, earlierFollower].map(doubled);
    table = new Int32Array(4 * parent.length); // at most a quarter full
    for (let node = 1; node < nodeCount; node++) table[slotOf(parent[node], symbol[node])] = node;
  };
  return {
    /** Counts one more occurrence of the child, made if it is new, and gives it. */
    count(node: number, next: number): number {
      if (nodeCount === parent.length) grow();
      const slot = slotOf(node, next);
      let child = table[slot];
      if (child === 0) {
        child = nodeCount++;
        table[slot] = child;
        parent[child] = node;
        symbol[child] = next;
        earlierFollower[child] = lastFollower[node];
        lastFollower[node] = child;
        followers[node] += 1;
      }
      occurrences[child] += 1;
      followed[node] += 1;
      return child;
    },
    finish: () => ({
      nodeCount,
      occurrences: occurrences.subarray(0, nodeCount),
      followed: followed.subarray(0, nodeCount),
      followers: followers.subarray(0, nodeCount),
      child(node: number, next: number): number {
        const child = table[slotOf(node, next)];
        return child === 0 ? -1 : child;
      },
      forEachFollower(node: number, callback: (symbol: number, count: number) => void): void {
        for (let child = lastFollower[node]; child !== 0; child = earlierFollower[child]) {
          callback(symbol[child], occurrences[child]);
        }
      },
    }),
  };
}

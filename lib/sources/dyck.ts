import { entropyBits, requireProbability } from "lib/sources/sequence_source.ts";
import { defineStringSource, type StringSource } from "lib/sources/string_source.ts";

/** What a predictor of a Dyck language must keep: the kinds of the open brackets, outermost first, or that a string ended. */
export interface DyckState {
  open: readonly number[];
  /** Whether no symbol of the current string has been read. */
  fresh: boolean;
}

const PAIRS = ["()", "[]", "{}", "<>"];

/** Settings of `dyckLanguage`. */
export interface DyckOptions {
  /** Number of kinds of brackets, 1 to 4. */
  kinds: number;
  /** Probability that a bracket opens where it may: below 1/2 unless the depth is limited. */
  openProbability: number;
  /** Most brackets open at once; no limit unless told. */
  maxDepth?: number;
}

/**
 * Dyck-k: balanced brackets of k kinds, closed by a full stop, from the grammar S -> ( S ) S with probability p, else nothing.
 *
 * At every place a bracket opens with probability p, its kind drawn evenly; else the last open one closes, or the
 * string ends if none is open. At `maxDepth` open brackets one must close. With bits(d) and opened(d) the entropy
 * and number of brackets of an S at depth d,
 * bits(d) = [H(p) + p (log2 k + bits(d + 1))] / (1 - p), opened(d) = p (1 + opened(d + 1)) / (1 - p), both 0 at
 * maxDepth; without a limit bits = (H(p) + p log2 k) / (1 - 2p), opened = p / (1 - 2p). The mean length is
 * 2 opened(0) + 1. The state is a stack.
 *
 * @throws {RangeError} if kinds is not 1 to 4, maxDepth not a whole number of at least 1, or the
 * probability not in (0, 1), or not below 1/2 without a depth limit.
 */
export function dyckLanguage(options: DyckOptions): StringSource<DyckState> {
  const { kinds, openProbability, maxDepth = Infinity } = options;
  requireProbability(openProbability, "openProbability");
  if (
    ![1, 2, 3, 4].includes(kinds) || maxDepth < 1 ||
    !(Number.isInteger(maxDepth) || (maxDepth === Infinity && openProbability < 0.5))
  ) {
    throw new RangeError(
      `Cannot define Dyck-k: kinds ${kinds} must be 1 to 4, maxDepth ${maxDepth} at least 1, and ` +
        `openProbability ${openProbability} below 0.5 unless the depth is limited.`,
    );
  }
  const brackets = PAIRS.slice(0, kinds);
  const END = 2 * kinds;
  const { bits, opened } = expectations(options);
  return defineStringSource<DyckState>({
    name: `Dyck-${kinds}`,
    alphabet: [...brackets.map((pair) => pair[0]), ...brackets.map((pair) => pair[1]), "."],
    stringBits: { value: bits, error: 1e-12 * (1 + bits) },
    meanLength: 2 * opened + 1,
    initialState: () => ({ open: [], fresh: true }),
    atBoundary: ({ fresh }) => fresh,
    advance({ open }, symbol) {
      if (symbol === END) return { open: [], fresh: true };
      if (symbol < kinds) return { open: [...open, symbol], fresh: false };
      return { open: open.slice(0, -1), fresh: false };
    },
    predict({ open }) {
      const row = new Float64Array(END + 1);
      const mayOpen = open.length < maxDepth;
      if (mayOpen) row.fill(openProbability / kinds, 0, kinds);
      const closing = open.length === 0 ? END : kinds + open.at(-1)!;
      row[closing] = mayOpen ? 1 - openProbability : 1;
      return row;
    },
  });
}

/** Bits and opened brackets of a whole string: of an S at depth 0. */
function expectations(options: DyckOptions): { bits: number; opened: number } {
  const { kinds, openProbability: p, maxDepth = Infinity } = options;
  const choice = entropyBits([p, 1 - p]);
  const kind = Math.log2(kinds);
  if (maxDepth === Infinity) {
    return { bits: (choice + p * kind) / (1 - 2 * p), opened: p / (1 - 2 * p) };
  }
  let bits = 0;
  let opened = 0;
  for (let depth = maxDepth; depth > 0; depth--) {
    bits = (choice + p * (kind + bits)) / (1 - p);
    opened = p * (1 + opened) / (1 - p);
  }
  return { bits, opened };
}

import { byteNames } from "lib/text/tokenizers/byte_names.ts";

/** Two tokens that become one, by id. */
export interface BytePairMerge {
  readonly left: number;
  readonly right: number;
  /** The token they become. */
  readonly result: number;
}

/** A byte-level BPE: the merges in order of rank, and the bytes of every token. */
export interface BytePairs {
  readonly merges: readonly BytePairMerge[];
  /** By id. The first 256 are the single bytes. */
  readonly tokenBytes: readonly Uint8Array[];
}

/**
 * The tokens that merges make, from pairs of ids in order of rank.
 *
 * Ids 0 to 255 are the bytes; each merge makes the next id, unless its bytes are a token already: then
 * that token is its result, for a vocabulary holds no token twice.
 *
 * @throws {RangeError} if a merge names a token that is not there yet, or comes twice
 */
export function bytePairs(
  pairs: readonly { readonly left: number; readonly right: number }[],
): BytePairs {
  const builder = bytePairBuilder();
  for (const { left, right } of pairs) builder.add(left, right);
  return builder.built();
}

/** Byte pairs in the making: `add` appends a merge and returns it. See `bytePairs`. */
export function bytePairBuilder() {
  const tokenBytes = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  const idOfName = new Map(byteNames.map((name, id) => [name, id]));
  const merges: BytePairMerge[] = [];
  const joined = new Set<string>();
  return {
    add(left: number, right: number): BytePairMerge {
      if (tokenBytes[left] === undefined || tokenBytes[right] === undefined) {
        throw new RangeError(
          `Cannot merge: merge ${merges.length} joins tokens ${left} and ${right}, and there ` +
            `are only ${tokenBytes.length} by then.`,
        );
      }
      if (joined.has(`${left} ${right}`)) {
        throw new RangeError(
          `Cannot merge: merge ${merges.length} joins ${left} and ${right}, as an earlier one does.`,
        );
      }
      joined.add(`${left} ${right}`);
      const bytes = Uint8Array.from([...tokenBytes[left], ...tokenBytes[right]]);
      const name = nameOfBytes(bytes);
      const result = idOfName.get(name) ?? tokenBytes.push(bytes) - 1;
      idOfName.set(name, result);
      const merge = { left, right, result };
      merges.push(merge);
      return merge;
    },
    built: (): BytePairs => ({ merges, tokenBytes }),
  };
}

/** Bytes as one printable word, a character each: how a token is written in a vocabulary. */
export function nameOfBytes(bytes: Uint8Array): string {
  let name = "";
  for (const byte of bytes) name += byteNames[byte];
  return name;
}

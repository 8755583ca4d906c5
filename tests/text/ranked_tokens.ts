import { type BytePairs, bytePairs, nameOfBytes } from "lib/text/tokenizers/byte_pairs.ts";

/**
 * The merges behind a vocabulary that is published as tokens in order of rank (tiktoken's files).
 *
 * The two tokens that a token was made of are what its bytes merge to by the tokens ranked before it.
 * Single bytes may come in any order: their ids are the bytes here, so that an id below 256 differs
 * from the published one; from 256 on the ids are the ranks.
 */
export function bytePairsOfRankedTokens(tokens: readonly Uint8Array[]): BytePairs {
  const names = tokens.map(nameOfBytes);
  const rankOf = new Map(names.map((name, rank) => [name, rank]));
  const idOf = (name: string) =>
    name.length === 1 ? tokens[rankOf.get(name)!][0] : rankOf.get(name)!;
  return bytePairs(
    names.slice(256).map((name, index) => {
      const parts = mergeBelow([...name], { rankOf, rank: 256 + index });
      return { left: idOf(parts[0]), right: idOf(parts[1]) };
    }),
  );
}

/** Merges neighbours, lowest rank first, as long as there are any that rank below `rank`. */
function mergeBelow(
  parts: string[],
  { rankOf, rank }: { rankOf: ReadonlyMap<string, number>; rank: number },
): string[] {
  for (;;) {
    let best = rank, place = -1;
    for (let at = 0; at + 1 < parts.length; at++) {
      const joint = rankOf.get(parts[at] + parts[at + 1]) ?? rank;
      if (joint < best) [best, place] = [joint, at];
    }
    if (place < 0) return parts;
    parts.splice(place, 2, parts[place] + parts[place + 1]);
  }
}

/** An ordered set of tokens: a token's id is its place in `tokens`, from 0. */
export interface Vocabulary {
  readonly tokens: readonly string[];
  /** V, the number of tokens: the dimension of every output that scores the next one. */
  readonly size: number;
  /** The id that stands for every token outside the set; absent if there is none. */
  readonly unknownId?: number;
  idOf(token: string): number | undefined;
}

/**
 * A vocabulary of the given tokens, in the given order.
 *
 * @param options.unknownToken one of `tokens`, which then stands for every token outside the set.
 * @throws {RangeError} if there is no token, one comes twice, or `unknownToken` is not among them.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
 * assertEquals(createVocabulary(["a", "b", "c"]).idOf("c"), 2);
 * ```
 */
export function createVocabulary(
  tokens: readonly string[],
  options: { unknownToken?: string } = {},
): Vocabulary {
  if (tokens.length === 0) throw new RangeError("Cannot create a vocabulary: it has no token.");
  const idOfToken = new Map<string, number>();
  tokens.forEach((token, id) => {
    if (idOfToken.has(token)) {
      throw new RangeError(
        `Cannot create a vocabulary: token ${JSON.stringify(token)} comes twice, at ` +
          `${idOfToken.get(token)} and ${id}.`,
      );
    }
    idOfToken.set(token, id);
  });
  const { unknownToken } = options;
  if (unknownToken !== undefined && !idOfToken.has(unknownToken)) {
    throw new RangeError(
      `Cannot create a vocabulary: the unknown token ${JSON.stringify(unknownToken)} ` +
        `is not among its ${tokens.length} tokens.`,
    );
  }
  return {
    tokens: Object.freeze([...tokens]),
    size: tokens.length,
    unknownId: unknownToken === undefined ? undefined : idOfToken.get(unknownToken),
    idOf: (token) => idOfToken.get(token),
  };
}

import type { SourceDivergence } from "lib/probes/truth/source_divergence.ts";
import type { SequenceSource } from "lib/sources/sequence_source.ts";

/**
 * Bits per sequence that a model loses to the truth, apart for each kind of place: where a divergence arises.
 *
 * The kinds together make up `klBitsPerSequence`.
 *
 * @param sequences those the divergence was measured on.
 * @param options.kindOf names the kind of a place by the source's state before its symbol.
 * @throws {RangeError} if the divergence is of other sequences.
 */
export function divergenceByKind<State>(
  { klBitsOfPlaces }: Pick<SourceDivergence, "klBitsOfPlaces">,
  sequences: readonly Int32Array[],
  { source, kindOf }: { source: SequenceSource<State>; kindOf: (state: State) => string },
): Record<string, number> {
  const isSame = klBitsOfPlaces.length === sequences.length &&
    sequences.every((ids, row) => ids.length === klBitsOfPlaces[row].length);
  if (!isSame) {
    throw new RangeError(
      `Cannot take a divergence apart: it is of ${klBitsOfPlaces.length} sequences, ` +
        `${sequences.length} were given, or their lengths differ.`,
    );
  }
  const bits: Record<string, number> = {};
  sequences.forEach((ids, row) => {
    let state = source.initialState();
    ids.forEach((symbol, place) => {
      const kind = kindOf(state);
      bits[kind] = (bits[kind] ?? 0) + klBitsOfPlaces[row][place] / sequences.length;
      state = source.advance(state, symbol);
    });
  });
  return bits;
}

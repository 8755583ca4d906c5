import { defineStringSource, type StringSource } from "lib/sources/string_source.ts";

/** What a predictor must keep: the key, and how many symbols of the string it has read. */
export interface PlantedState {
  readonly key: number;
  readonly read: number;
}

/** Settings of `plantedDependency`. */
export interface PlantedDependencyOptions {
  /** Symbols between the key and the question: the key must be kept over distance + 1 steps. */
  readonly distance: number;
  /** Number of different keys, 2 to 8; 4 unless told. */
  readonly keys?: number;
  /** Number of different fillers; 3 unless told. */
  readonly fillers?: number;
}

/**
 * A key, `distance` random fillers, a question mark, the same key again, a full stop.
 *
 * "B x z y ? B ." The only thing to remember is the key, over a distance that is set: log2(keys) bits at one place.
 * Every string has distance + 4 symbols and costs log2(keys) + distance log2(fillers) bits; without the memory,
 * log2(keys) more. After Hochreiter and Schmidhuber (1997), experiment 2.
 *
 * @throws {RangeError} if the distance is negative or there are no 2 to 8 keys or 1 to 8 fillers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { plantedDependency } from "lib/sources/planted_dependency.ts";
 * const source = plantedDependency({ distance: 2, keys: 2, fillers: 1 });
 * assertEquals([...source.conditional([1, 2, 2, 3])], [0, 1, 0, 0, 0]); // the key was 1
 * ```
 */
export function plantedDependency(options: PlantedDependencyOptions): StringSource<PlantedState> {
  const { distance, keys = 4, fillers = 3 } = options;
  const whole = [distance, keys, fillers].every(Number.isInteger);
  if (!whole || distance < 0 || keys < 2 || keys > 8 || fillers < 1 || fillers > 8) {
    throw new RangeError(
      `Cannot plant a dependency: distance ${distance}, ${keys} keys, ${fillers} fillers.`,
    );
  }
  const alphabet = [..."ABCDEFGH".slice(0, keys), ..."xyzuvwrs".slice(0, fillers), "?", "."];
  const question = keys + fillers;
  const evenly = (first: number, count: number) =>
    Float64Array.from(alphabet, (_, id) => id >= first && id < first + count ? 1 / count : 0);
  const length = distance + 4;
  const rows = {
    keys: evenly(0, keys),
    fillers: evenly(keys, fillers),
    question: evenly(question, 1),
    end: evenly(question + 1, 1),
    answers: Array.from({ length: keys }, (_, key) => evenly(key, 1)),
  };
  return defineStringSource<PlantedState>({
    name: `key over ${distance} fillers`,
    alphabet,
    stringBits: { value: Math.log2(keys) + distance * Math.log2(fillers), error: 1e-12 * length },
    meanLength: length,
    initialState: () => ({ key: 0, read: 0 }),
    atBoundary: ({ read }) => read === 0,
    advance: ({ key, read }, symbol) => (
      { key: read === 0 ? symbol : key, read: (read + 1) % length }
    ),
    predict({ key, read }) {
      if (read === 0) return rows.keys;
      if (read <= distance) return rows.fillers;
      if (read === distance + 1) return rows.question;
      return read === distance + 2 ? rows.answers[key] : rows.end;
    },
  });
}

import { assertEquals, fail } from "@std/assert";

/** How far apart two arrays may be. */
export interface Closeness {
  /** Of each expected number. Default 1e-4. */
  readonly relative?: number;
  /** Of the largest expected number: what float32 loses where large terms cancel. Default 1e-6. */
  readonly ofLargest?: number;
  /** What is compared, for the message. */
  readonly what?: string;
}

/** Each number is as expected, to a share of itself plus a small share of the largest. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { relative = 1e-4, ofLargest = 1e-6, what = "array" }: Closeness = {},
): void {
  assertEquals(actual.length, expected.length, `length of ${what}`);
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let place = 0; place < expected.length; place++) {
    const allowed = relative * Math.abs(expected[place]) + ofLargest * largest;
    if (!(Math.abs(actual[place] - expected[place]) <= allowed)) {
      fail(`${what}[${place}] is ${actual[place]}, expected ${expected[place]} +- ${allowed}`);
    }
  }
}

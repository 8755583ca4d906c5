import { AssertionError, ending, show } from "./assertion_error.ts";

/**
 * The two numbers lie within `tolerance` of each other.
 * @param tolerance absolute; where it is left out, 1e-7 of the expected value's size.
 */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  message?: string,
): void {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ?? (isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  const distance = Math.abs(expected - actual);
  if (distance <= allowed) return; // a NaN fails here
  throw new AssertionError(
    `Expected actual: "${actual}" to be close to "${expected}": delta "${distance}" is greater than "${allowed}"${
      ending(message)
    }`,
  );
}

/** `actual > expected` */
export function assertGreater<T>(actual: T, expected: T, message?: string): void {
  if (!(actual > expected)) refuse(actual, "greater than", { expected, message });
}

/** `actual >= expected` */
export function assertGreaterOrEqual<T>(actual: T, expected: T, message?: string): void {
  if (!(actual >= expected)) refuse(actual, "greater than or equal to", { expected, message });
}

/** `actual < expected` */
export function assertLess<T>(actual: T, expected: T, message?: string): void {
  if (!(actual < expected)) refuse(actual, "less than", { expected, message });
}

/** `actual <= expected` */
export function assertLessOrEqual<T>(actual: T, expected: T, message?: string): void {
  if (!(actual <= expected)) refuse(actual, "less than or equal to", { expected, message });
}

function refuse(
  actual: unknown,
  relation: string,
  options: { expected: unknown; message?: string },
): never {
  throw new AssertionError(
    `Expected ${show(actual)} to be ${relation} ${show(options.expected)}${
      ending(options.message)
    }`,
  );
}

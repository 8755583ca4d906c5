import { AssertionError, ending, show } from "./assertion_error.ts";
import { equal } from "./equal.ts";

// deno-lint-ignore no-explicit-any
type AnyConstructor = new (...args: any[]) => any;
type ConstructedBy<C extends AnyConstructor> = C extends new (...args: never[]) => infer T ? T
  : never;

/** The value is truthy. */
export function assert(value: unknown, message = ""): asserts value {
  if (!value) throw new AssertionError(message || "Expected a truthy value.");
}

/** The value is falsy. */
export function assertFalse(value: unknown, message = ""): asserts value is false {
  if (value) throw new AssertionError(message || "Expected a falsy value.");
}

/** The two are deeply equal (see `equal`). */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  if (equal(actual, expected)) return;
  throw new AssertionError(
    `Values are not equal${ending(message)}\n  actual:   ${show(actual)}\n  expected: ${
      show(expected)
    }`,
  );
}

/** The two are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  if (!equal(actual, expected)) return;
  throw new AssertionError(
    `Expected actual: ${show(actual)} not to be: ${show(expected)}${ending(message)}`,
  );
}

/** The two are the same by `Object.is`: `NaN` is `NaN`, and `0` is not `-0`. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  message?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  throw new AssertionError(
    `Values are not strictly equal${ending(message)}\n  actual:   ${show(actual)}\n  expected: ${
      show(expected)
    }`,
  );
}

/** The two are not the same by `Object.is`. */
export function assertNotStrictEquals<T>(actual: T, expected: T, message?: string): void {
  if (!Object.is(actual, expected)) return;
  throw new AssertionError(
    `Expected "actual" not to be strictly equal to: ${show(actual)}${ending(message)}`,
  );
}

/** The value is neither `null` nor `undefined`. */
export function assertExists<T>(actual: T, message?: string): asserts actual is NonNullable<T> {
  if (actual !== undefined && actual !== null) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to not be null or undefined${ending(message)}`,
  );
}

/** The value is an instance of the class. */
export function assertInstanceOf<T extends AnyConstructor>(
  actual: unknown,
  expectedType: T,
  message = "",
): asserts actual is ConstructedBy<T> {
  if (actual instanceof expectedType) return;
  throw new AssertionError(
    `Expected object to be an instance of "${expectedType.name}" but was "${className(actual)}"${
      ending(message)
    }`,
  );
}

/** The value is not an instance of the class. */
export function assertNotInstanceOf<A, T>(
  actual: A,
  // deno-lint-ignore no-explicit-any
  unexpectedType: abstract new (...args: any[]) => T,
  message?: string,
): asserts actual is Exclude<A, T> {
  if (!(actual instanceof unexpectedType)) return;
  throw new AssertionError(
    `Expected object to not be an instance of "${unexpectedType.name}"${ending(message)}`,
  );
}

function className(value: unknown): string {
  if (value === null || typeof value !== "object") return value === null ? "null" : typeof value;
  return value.constructor?.name ?? "Object";
}

/** Always fails. */
export function fail(message?: string): never {
  throw new AssertionError(`Failed assertion${ending(message)}`);
}

/** A line that must never run. */
export function unreachable(reason?: string): never {
  throw new AssertionError(`Unreachable${ending(reason)}`);
}

/** A line still to be written. */
export function unimplemented(message?: string): never {
  throw new AssertionError(`Unimplemented${ending(message)}`);
}

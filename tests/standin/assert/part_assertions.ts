import { AssertionError, ending, show } from "./assertion_error.ts";
import { equal } from "./equal.ts";

type Fields = Record<PropertyKey, unknown>;

/** The text matches the expression. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  if (actual.search(expected) >= 0) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to match: "${expected}"${ending(message)}`,
  );
}

/** The text does not match the expression. */
export function assertNotMatch(actual: string, expected: RegExp, message?: string): void {
  if (actual.search(expected) < 0) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to not match: "${expected}"${ending(message)}`,
  );
}

/** The text contains the other text. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  if (actual.includes(expected)) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to contain: "${expected}"${ending(message)}`,
  );
}

/** Every expected value has a deeply equal one in the array. */
export function assertArrayIncludes<T>(
  actual: ArrayLike<T>,
  expected: ArrayLike<T>,
  message?: string,
): void {
  const present = Array.from(actual);
  const missing = Array.from(expected).filter((value) =>
    !present.some((other) => equal(other, value))
  );
  if (missing.length === 0) return;
  throw new AssertionError(
    `Expected actual: "${show(actual)}" to include: "${show(expected)}"${
      ending(message)
    }\nmissing: ${show(missing)}`,
  );
}

/** The object holds at least the expected fields, deeply. */
export function assertObjectMatch(
  // deno-lint-ignore no-explicit-any
  actual: Record<PropertyKey, any>,
  expected: Record<PropertyKey, unknown>,
  message?: string,
): void {
  if (matches(actual, expected, new Map())) return;
  throw new AssertionError(
    `Values are not equal${ending(message)}\n  actual:   ${show(actual)}\n  expected (a part): ${
      show(expected)
    }`,
  );
}

function matches(actual: unknown, part: unknown, seen: Map<unknown, unknown>): boolean {
  if (!isRecord(part) || !isRecord(actual)) return equal(actual, part);
  if (Array.isArray(part) !== Array.isArray(actual)) return false;
  if (seen.get(part) === actual) return true;
  seen.set(part, actual);
  return Reflect.ownKeys(part)
    .filter((key) => !(Array.isArray(part) && key === "length"))
    .every((key) => key in actual && matches(actual[key], part[key], seen));
}

/** Objects read field by field; those with content of their own are compared whole. */
function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value) &&
    ![Map, Set, Date, RegExp, URL].some((whole) => value instanceof whole);
}

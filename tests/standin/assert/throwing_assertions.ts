import { AssertionError, ending } from "./assertion_error.ts";

// deno-lint-ignore no-explicit-any
type ErrorConstructorOf<E> = new (...args: any[]) => E;

/** The value is an error, of the class, whose message includes or matches what is given. */
export function assertIsError<E extends Error = Error>(
  error: unknown,
  // deno-lint-ignore no-explicit-any
  ErrorClass?: abstract new (...args: any[]) => E,
  msgMatches?: string | RegExp,
  message?: string,
): asserts error is E {
  if (!(error instanceof Error)) {
    throw new AssertionError(
      `Expected "error" to be an Error object${ending(message)} It was ${typeof error}.`,
    );
  }
  if (ErrorClass && !(error instanceof ErrorClass)) {
    throw new AssertionError(
      `Expected error to be instance of "${ErrorClass.name}", but was "${error.constructor.name}" (${error.message})${
        ending(message)
      }`,
      { cause: error },
    );
  }
  if (msgMatches === undefined) return;
  const found = typeof msgMatches === "string"
    ? error.message.includes(msgMatches)
    : error.message.search(msgMatches) >= 0;
  if (found) return;
  const relation = typeof msgMatches === "string" ? "include" : "match";
  throw new AssertionError(
    `Expected error message to ${relation} "${msgMatches}", but got "${error.message}"${
      ending(message)
    }`,
    { cause: error },
  );
}

interface Expectation<E extends Error> {
  ErrorClass?: ErrorConstructorOf<E>;
  includes?: string;
  message?: string;
}

/** The overloads take either (message) or (class, part of its message, message). */
function readExpectation<E extends Error>(
  classOrMessage: ErrorConstructorOf<E> | string | undefined,
  rest: [includes?: string, message?: string],
): Expectation<E> {
  if (typeof classOrMessage === "string") return { message: classOrMessage };
  return { ErrorClass: classOrMessage, includes: rest[0], message: rest[1] };
}

function checkThrown<E extends Error>(error: unknown, expectation: Expectation<E>, verb: string) {
  const { ErrorClass, includes, message } = expectation;
  if (!ErrorClass) return;
  if (!(error instanceof Error)) {
    throw new AssertionError(`A non-Error object was ${verb}${ending(message)}`);
  }
  assertIsError(error, ErrorClass, includes, message);
}

/** The function throws. */
export function assertThrows(fn: () => unknown, message?: string): unknown;
/** The function throws an error of the class, whose message includes `msgIncludes`. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: ErrorConstructorOf<E>,
  msgIncludes?: string,
  message?: string,
): E;
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  classOrMessage?: ErrorConstructorOf<E> | string,
  ...rest: [includes?: string, message?: string]
): unknown {
  const expectation = readExpectation(classOrMessage, rest);
  try {
    fn();
  } catch (error) {
    checkThrown(error, expectation, "thrown");
    return error;
  }
  throw new AssertionError(`Expected function to throw${ending(expectation.message)}`);
}

/** The function's promise rejects. */
export function assertRejects(fn: () => PromiseLike<unknown>, message?: string): Promise<unknown>;
/** The function's promise rejects with an error of the class, whose message includes `msgIncludes`. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: ErrorConstructorOf<E>,
  msgIncludes?: string,
  message?: string,
): Promise<E>;
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  classOrMessage?: ErrorConstructorOf<E> | string,
  ...rest: [includes?: string, message?: string]
): Promise<unknown> {
  const expectation = readExpectation(classOrMessage, rest);
  const promise = startRejecting(fn, expectation.message);
  try {
    await promise;
  } catch (error) {
    checkThrown(error, expectation, "rejected");
    return error;
  }
  throw new AssertionError(`Expected function to reject${ending(expectation.message)}`);
}

/** A throw before there is a promise is no rejection. */
function startRejecting(fn: () => PromiseLike<unknown>, message?: string): PromiseLike<unknown> {
  try {
    const promise = fn();
    if (typeof promise?.then === "function") return promise;
  } catch (error) {
    throw new AssertionError(`Function throws when expected to reject${ending(message)}`, {
      cause: error,
    });
  }
  throw new AssertionError(`Function throws when expected to reject${ending(message)}`);
}

// Stands in for jsr:@std/assert where JSR does not answer: the same names and signatures.
export { AssertionError } from "./assertion_error.ts";
export { equal } from "./equal.ts";
export * from "./value_assertions.ts";
export * from "./number_assertions.ts";
export * from "./part_assertions.ts";
export { assertIsError, assertRejects, assertThrows } from "./throwing_assertions.ts";

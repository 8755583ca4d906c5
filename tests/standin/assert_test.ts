import * as inUse from "@std/assert";
import { assert, assertEquals, assertFalse } from "@std/assert";
import * as standIn from "./assert/assert.ts";

const { AssertionError, equal } = standIn;

/** Whether the stand-in's assertion refuses; anything but its own error goes through. */
function refuses(assertion: () => void): boolean {
  try {
    assertion();
    return false;
  } catch (error) {
    if (error instanceof AssertionError) return true;
    throw error;
  }
}

Deno.test("stand-in has a name for each of the original's that the tests may use", () => {
  for (const name of Object.keys(standIn)) assert(name in inUse, name);
});

Deno.test("equal() takes NaN for NaN and 0 for -0, in typed arrays too", () => {
  assert(equal(NaN, NaN));
  assert(equal([0, { a: -0 }], [-0, { a: 0 }]));
  assert(equal(new Float32Array([NaN, 0, 1]), new Float32Array([NaN, -0, 1])));
  assertFalse(equal(new Float32Array([1, 2]), new Float32Array([1, 3])));
  assertFalse(equal(new Float32Array([1, 2]), new Float32Array([1])));
  assertFalse(equal(new Float32Array([1]), new Float64Array([1])));
  assertFalse(equal(new Float32Array([1]), [1]));
});

Deno.test("equal() compares records, classes, missing fields and symbols", () => {
  const key = Symbol();
  assert(equal({ a: { b: [1] }, [key]: 1 }, { a: { b: [1] }, [key]: 1 }));
  assertFalse(equal({ [key]: 1 }, { [key]: 2 }));
  assertFalse(equal({ a: undefined }, {}));
  assertFalse(equal({ a: undefined }, { b: undefined }));
  assertFalse(equal(Array(1), []));
  assertFalse(equal(new (class A {})(), new (class B {})()));
  assert(equal(Object.create(null), {}));
  assertFalse(equal(null, {}));
  assertFalse(equal("1", 1));
});

Deno.test("equal() compares maps and sets whatever their order, objects as keys too", () => {
  assert(equal(new Set([1, 2]), new Set([2, 1])));
  assertFalse(equal(new Set([1, 2]), new Set([1, 3])));
  assert(equal(new Map([["a", [1]], ["b", [2]]]), new Map([["b", [2]], ["a", [1]]])));
  assertFalse(equal(new Map([["a", [1]]]), new Map([["a", [2]]])));
  assert(equal(new Map([[{ x: 1 }, 1]]), new Map([[{ x: 1 }, 1]])));
  assertFalse(equal(new Set([{ x: 1 }, { x: 2 }]), new Set([{ x: 1 }, { x: 1 }])));
});

Deno.test("equal() compares a large map in little time", () => {
  const entries = Array.from({ length: 20_000 }, (_, index) => [`k${index}`, [index]] as const);
  const start = performance.now();
  assert(equal(new Map(entries), new Map(entries.toReversed())));
  assert(performance.now() - start < 2000);
});

Deno.test("equal() reads dates, expressions, addresses, errors, buffers and cycles", () => {
  assert(equal(new Date(NaN), new Date(NaN)));
  assertFalse(equal(new Date(1), new Date(2)));
  assert(equal(/a/g, /a/g));
  assertFalse(equal(/a/g, /a/));
  assertFalse(equal(new URL("https://a.test/b"), new URL("https://a.test/c")));
  assertFalse(equal(new Error("a"), new Error("b")));
  assert(equal(new Uint8Array([1]).buffer, new Uint8Array([1]).buffer));
  assertFalse(equal(new Uint8Array([1]).buffer, new Uint8Array([2]).buffer));
  const [one, two]: { self?: unknown }[] = [{}, {}];
  one.self = one;
  two.self = two;
  assert(equal(one, two));
});

Deno.test("value assertions accept what holds and refuse what does not", () => {
  assertFalse(refuses(() => standIn.assert(1)));
  assert(refuses(() => standIn.assert(0)));
  assert(refuses(() => standIn.assertFalse(1)));
  assert(refuses(() => standIn.assertEquals<unknown>({ a: 1 }, { a: 2 })));
  assert(refuses(() => standIn.assertNotEquals([1], [1])));
  assert(refuses(() => standIn.assertStrictEquals(0, -0)));
  assertFalse(refuses(() => standIn.assertStrictEquals(NaN, NaN)));
  assert(refuses(() => standIn.assertNotStrictEquals(1, 1)));
  assert(refuses(() => standIn.assertExists(null)));
  assertFalse(refuses(() => standIn.assertExists(0)));
  assert(refuses(() => standIn.assertInstanceOf({}, Map)));
  assert(refuses(() => standIn.assertNotInstanceOf(new Map(), Map)));
  assert(refuses(() => standIn.fail()));
  assert(refuses(() => standIn.unreachable()));
  assert(refuses(() => standIn.unimplemented()));
});

Deno.test("assertAlmostEquals() allows its tolerance, 1e-7 of the expected value by default", () => {
  assertFalse(refuses(() => standIn.assertAlmostEquals(1000, 1000.0001)));
  assert(refuses(() => standIn.assertAlmostEquals(1000, 1000.001)));
  assertFalse(refuses(() => standIn.assertAlmostEquals(1, 1.5, 0.5)));
  assert(refuses(() => standIn.assertAlmostEquals(1, 1.6, 0.5)));
  assert(refuses(() => standIn.assertAlmostEquals(NaN, 1, 10)));
  assertFalse(refuses(() => standIn.assertAlmostEquals(NaN, NaN)));
  assertFalse(refuses(() => standIn.assertAlmostEquals(Infinity, Infinity)));
});

Deno.test("order assertions know their boundary, and NaN satisfies none", () => {
  assert(refuses(() => standIn.assertGreater(1, 1)));
  assertFalse(refuses(() => standIn.assertGreaterOrEqual(1, 1)));
  assert(refuses(() => standIn.assertLess(1, 1)));
  assertFalse(refuses(() => standIn.assertLessOrEqual(1, 1)));
  assert(refuses(() => standIn.assertLessOrEqual(NaN, 1)));
  assert(refuses(() => standIn.assertGreater(NaN, 1)));
});

Deno.test("part assertions look at a part", () => {
  assert(refuses(() => standIn.assertMatch("abc", /d/)));
  assert(refuses(() => standIn.assertNotMatch("abc", /b/)));
  assert(refuses(() => standIn.assertStringIncludes("abc", "d")));
  assertFalse(refuses(() => standIn.assertArrayIncludes([{ a: 1 }, 2], [{ a: 1 }])));
  assert(refuses(() => standIn.assertArrayIncludes([1, 2], [3])));
  const actual = { a: { b: 1, c: [1, { d: 2, e: 3 }] }, f: 4 };
  assertFalse(refuses(() => standIn.assertObjectMatch(actual, { a: { c: [1, { d: 2 }] } })));
  assert(refuses(() => standIn.assertObjectMatch(actual, { a: { c: [1, { d: 3 }] } })));
  assert(refuses(() => standIn.assertObjectMatch(actual, { g: undefined })));
});

Deno.test("assertThrows() returns the error, and checks class and message", () => {
  const thrower = () => {
    throw new RangeError("too far");
  };
  assert(standIn.assertThrows(thrower, RangeError, "far") instanceof RangeError);
  assert(refuses(() => standIn.assertThrows(thrower, TypeError)));
  assert(refuses(() => standIn.assertThrows(thrower, RangeError, "near")));
  assert(refuses(() => standIn.assertThrows(() => {})));
  assertFalse(refuses(() => standIn.assertThrows(thrower, "a message of ours")));
  assert(refuses(() => standIn.assertIsError("no error")));
  assertFalse(refuses(() => standIn.assertIsError(new RangeError("a1"), RangeError, /\d/)));
});

Deno.test("assertRejects() wants a promise that rejects", async () => {
  const outcome = (fn: () => Promise<unknown>, words?: string) =>
    standIn.assertRejects(fn, RangeError, words).then(() => "ok", (error) => error.name);
  const rejecting = () => Promise.reject(new RangeError("too far"));
  assertEquals(await outcome(rejecting, "far"), "ok");
  assertEquals(await outcome(rejecting, "near"), "AssertionError");
  assertEquals(await outcome(() => Promise.resolve(1)), "AssertionError");
  const throwing = () => {
    throw new RangeError("too early");
  };
  assertEquals(await outcome(throwing), "AssertionError");
});

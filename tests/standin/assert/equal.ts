type Fields = Record<PropertyKey, unknown>;

/**
 * Deep equality: `NaN` equals `NaN`, `0` equals `-0` (as in `@std/assert`), typed arrays element by element.
 *
 * Two objects of different classes differ, and so do a key that is missing and one that is `undefined`.
 * @throws {TypeError} where both are a `WeakMap` or both a `WeakSet`: their content cannot be read.
 */
export function equal(actual: unknown, expected: unknown): boolean {
  return compare(actual, expected, new Map());
}

function compare(a: unknown, b: unknown, seen: Map<unknown, unknown>): boolean {
  if (a === b || Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b)) return false;
  if (!sameClass(a, b)) return false;
  if (a instanceof RegExp || a instanceof URL) return String(a) === String(b);
  if (a instanceof Date && b instanceof Date) return Object.is(a.getTime(), b.getTime());
  if (a instanceof WeakMap || a instanceof WeakSet) {
    throw new TypeError(`cannot compare ${a instanceof WeakMap ? "WeakMap" : "WeakSet"} instances`);
  }
  if (a instanceof WeakRef && b instanceof WeakRef) return compare(a.deref(), b.deref(), seen);
  if (seen.get(a) === b) return true; // a cycle: equal as long as nothing else differs
  seen.set(a, b);
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b) && !(a instanceof DataView)) {
    return sameElements(a as unknown as ArrayLike<unknown>, b as unknown as ArrayLike<unknown>);
  }
  if (a instanceof ArrayBuffer && b instanceof ArrayBuffer) {
    return sameElements(new Uint8Array(a), new Uint8Array(b));
  }
  if (a instanceof Map && b instanceof Map) return sameMaps(a, b, seen);
  if (a instanceof Set && b instanceof Set) return sameMembers([...a], b, seen);
  return sameFields(a, b, seen);
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** A record without a prototype counts as a plain object. */
function sameClass(a: Fields, b: Fields): boolean {
  return (a.constructor ?? Object) === (b.constructor ?? Object);
}

function sameElements(a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i] && !Object.is(a[i], b[i])) return false;
  }
  return true;
}

/** Entries in any order; a key that is an object needs an equal key of its own. */
function sameMaps(
  a: Map<unknown, unknown>,
  b: Map<unknown, unknown>,
  seen: Map<unknown, unknown>,
): boolean {
  if (a.size !== b.size) return false;
  const plain = [...a].filter(([key]) => !isObject(key));
  if (!plain.every(([key, value]) => b.has(key) && compare(value, b.get(key), seen))) return false;
  return pairUp([...a].filter(([key]) => isObject(key)), [...b], seen);
}

function sameMembers(a: unknown[], b: Set<unknown>, seen: Map<unknown, unknown>): boolean {
  if (a.length !== b.size) return false;
  if (!a.every((member) => isObject(member) || b.has(member))) return false;
  return pairUp(a.filter(isObject), [...b].filter(isObject), seen);
}

/** Whether each of `a` has an equal one in `b`, used once. */
function pairUp(a: unknown[], b: unknown[], seen: Map<unknown, unknown>): boolean {
  return a.every((entry) => {
    const place = b.findIndex((other) => compare(entry, other, new Map(seen)));
    if (place >= 0) b.splice(place, 1);
    return place >= 0;
  });
}

function sameFields(a: Fields, b: Fields, seen: Map<unknown, unknown>): boolean {
  const keys = ownKeys(a);
  if (keys.length !== ownKeys(b).length) return false;
  if (Array.isArray(a) && a.length !== (b as unknown as unknown[]).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && compare(a[key], b[key], seen));
}

function ownKeys(value: Fields): PropertyKey[] {
  const symbols = Object.getOwnPropertySymbols(value);
  const visible = symbols.filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
  const keys: PropertyKey[] = [...Object.keys(value), ...visible];
  // An error keeps what it says in fields that are not enumerable.
  return value instanceof Error
    ? [...keys, "message", "name"].filter((key) => Object.hasOwn(value, key))
    : keys;
}

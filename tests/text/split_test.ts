import { assertEquals, assertThrows } from "@std/assert";
import { splitContiguous } from "lib/text/split.ts";

const ids = Int32Array.from({ length: 103 }, (_, place) => place);

Deno.test("splitContiguous() puts every id in one part, in order", () => {
  const { training, validation, test } = splitContiguous(ids, {
    training: 0.8,
    validation: 0.1,
    test: 0.1,
  });
  assertEquals([training.length, validation.length, test.length], [82, 11, 10]);
  assertEquals([...training, ...validation, ...test], [...ids]);
});

Deno.test("splitContiguous() gives parts that were not asked for no id", () => {
  const { training, validation, test } = splitContiguous(ids, { training: 0.9, validation: 0.1 });
  assertEquals([training.length, validation.length, test.length], [93, 10, 0]);
  assertEquals(splitContiguous(ids, { training: 1 }).training.length, 103);
});

Deno.test("splitContiguous() gives views, not copies", () => {
  assertEquals(splitContiguous(ids, { training: 1 }).training.buffer, ids.buffer);
});

Deno.test("splitContiguous() refuses fractions that do not sum to 1, and empty parts", () => {
  assertThrows(() => splitContiguous(ids, { training: 0.8 }), RangeError, "sum to 0.8, not to 1");
  assertThrows(
    () => splitContiguous(ids, { training: 1.5, validation: -0.5 }),
    RangeError,
    "1.5, -0.5",
  );
  assertThrows(
    () => splitContiguous(ids, { training: NaN, validation: 0.5 }),
    RangeError,
    "not to 1",
  );
  assertThrows(
    () => splitContiguous(ids.subarray(0, 3), { training: 0.9, validation: 0.1 }),
    RangeError,
    "3 ids leave none for validation",
  );
});

import { assertEquals, assertThrows } from "@std/assert";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

Deno.test("createVocabulary() gives each token its place as id, and nothing to a stranger", () => {
  const vocabulary = createVocabulary(["x", "", "🙂", "ab"]);
  assertEquals(vocabulary.size, 4);
  assertEquals(["x", "", "🙂", "ab"].map(vocabulary.idOf), [0, 1, 2, 3]);
  assertEquals(vocabulary.idOf("b"), undefined);
  assertEquals(vocabulary.idOf("toString"), undefined);
  assertEquals(vocabulary.unknownId, undefined);
});

Deno.test("createVocabulary() knows the id of the unknown token", () => {
  assertEquals(createVocabulary(["a", "?"], { unknownToken: "?" }).unknownId, 1);
});

Deno.test("createVocabulary() refuses no token, a token twice, an unknown token it has not", () => {
  assertThrows(() => createVocabulary([]), RangeError, "it has no token");
  assertThrows(
    () => createVocabulary(["a", "b", "a"]),
    RangeError,
    'token "a" comes twice, at 0 and 2',
  );
  assertThrows(
    () => createVocabulary(["a"], { unknownToken: "?" }),
    RangeError,
    'the unknown token "?" is not among its 1 tokens',
  );
});

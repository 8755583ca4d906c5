import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { randomStream } from "lib/random/random_stream.ts";
import { dyckLanguage } from "lib/sources/dyck.ts";
import { enumerateStrings } from "./string_enumeration.ts";

Deno.test("dyckLanguage() of depth 2 is what enumeration of its strings gives", () => {
  const source = dyckLanguage({ kinds: 2, openProbability: 0.1, maxDepth: 2 });
  const { mass, bits, meanLength } = enumerateStrings(source, 1e-9);
  assertAlmostEquals(mass, 1, 1e-5);
  assertAlmostEquals(source.stringBits.value, bits, 3e-4);
  assertAlmostEquals(source.meanLength, meanLength, 2e-4);
});

Deno.test("dyckLanguage() without a limit has the closed forms, and the limit leads to them", () => {
  const source = dyckLanguage({ kinds: 2, openProbability: 0.25 });
  const choice = 0.25 * 2 + 0.75 * Math.log2(4 / 3);
  assertAlmostEquals(source.stringBits.value, (choice + 0.25) / 0.5, 1e-12);
  assertAlmostEquals(source.meanLength, 2, 1e-12);
  const deep = dyckLanguage({ kinds: 2, openProbability: 0.25, maxDepth: 60 });
  assertAlmostEquals(deep.stringBits.value, source.stringBits.value, 1e-12);
  assertAlmostEquals(deep.meanLength, 2, 1e-12);
});

Deno.test("dyckLanguage() gives a string the probability of its tree", () => {
  const source = dyckLanguage({ kinds: 2, openProbability: 0.3 });
  const { strings } = enumerateStrings(source, 1e-4);
  for (const { text, probability } of strings) {
    const opened = (text.length - 1) / 2; // n brackets are n + 1 places where none opened
    assertAlmostEquals(probability, (0.3 / 2) ** opened * 0.7 ** (opened + 1), 1e-15);
  }
  const withOneBracket = strings.filter(({ text }) => text.length === 3).map(({ text }) => text);
  assertEquals(withOneBracket.sort(), ["().", "[]."]);
});

Deno.test("dyckLanguage() keeps a stack and closes the right bracket", () => {
  const source = dyckLanguage({ kinds: 2, openProbability: 0.3, maxDepth: 2 });
  assertEquals(source.alphabet, ["(", "[", ")", "]", "."]);
  assertEquals(source.predictiveState([0, 1, 3, 1]), { open: [0, 1], fresh: false });
  assertEquals([...source.conditional([0, 1])], [0, 0, 0, 1, 0]); // no third bracket
  assertEquals([...source.conditional([0])], [0.15, 0.15, 0.7, 0, 0]);
  assertEquals([...source.conditional([0, 2])], [0.15, 0.15, 0, 0, 0.7]);
  assertThrows(() => source.conditional([0, 1, 2]), RangeError, "symbol ) at place 2");
});

Deno.test("dyckLanguage() samples balanced strings of the mean length", () => {
  const source = dyckLanguage({ kinds: 3, openProbability: 0.4, maxDepth: 5 });
  const random = randomStream(1, "dyck");
  let total = 0;
  for (let i = 0; i < 10_000; i++) {
    let text = source.sampleString(random).reduce((sum, id) => sum + source.alphabet[id], "");
    total += text.length;
    for (let before = ""; before !== text;) {
      before = text;
      text = text.replace(/\(\)|\[\]|\{\}/g, "");
    }
    assertEquals(text, ".");
  }
  assertAlmostEquals(total / 10_000 / source.meanLength, 1, 0.05);
});

Deno.test("dyckLanguage() refuses strings that need not end", () => {
  assertThrows(
    () => dyckLanguage({ kinds: 2, openProbability: 0.5 }),
    RangeError,
    "openProbability 0.5 below 0.5",
  );
  assertThrows(() => dyckLanguage({ kinds: 5, openProbability: 0.1 }), RangeError, "kinds 5");
});

import { assertAlmostEquals, assertRejects } from "@std/assert";
import { searchVariety } from "lib/probes/writing/search_variety.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";

const tokenizer = characterTokenizer("ab ");
const prompts = [Int32Array.of(0), Int32Array.of(1)];

Deno.test("searchVariety() counts distinct pairs of words within a text and among all", async () => {
  const texts = ["a b a b", "a b a b"]; // pairs: ab ba ab; together ab ba ab ba ab ba ab
  const found = texts.map((text) => ({ ids: tokenizer.encode(text), logProbability: -14 }));
  found[1].logProbability = -7;
  const variety = await searchVariety(() => Promise.resolve(found), { prompts, tokenizer });
  assertAlmostEquals(variety.bestLogProbability, -1);
  assertAlmostEquals(variety.meanLogProbability, -1.5);
  assertAlmostEquals(variety.distinctWithin, 2 / 3);
  assertAlmostEquals(variety.distinctAmong, 2 / 7);
});

Deno.test("searchVariety() is the mean over the prompts", async () => {
  const search = ([id]: Int32Array) =>
    Promise.resolve([{ ids: tokenizer.encode(id === 0 ? "a b" : "a a a"), logProbability: -3 }]);
  const { distinctWithin, meanLogProbability } = await searchVariety(search, {
    prompts,
    tokenizer,
  });
  assertAlmostEquals(distinctWithin, (1 + 1 / 2) / 2);
  assertAlmostEquals(meanLogProbability, (-1 - 3 / 5) / 2);
});

Deno.test("searchVariety() refuses a search that finds nothing, and no prompts", async () => {
  const nothing = () => Promise.resolve([]);
  await assertRejects(() => searchVariety(nothing, { prompts, tokenizer }), RangeError, "nothing");
  await assertRejects(
    () => searchVariety(nothing, { prompts: [], tokenizer }),
    RangeError,
    "no prompt",
  );
});

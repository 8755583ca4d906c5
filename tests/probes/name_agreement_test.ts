import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { ngramModel } from "lib/models/ngram_model.ts";
import { nameAgreement, plantAgreement } from "lib/probes/name_agreement.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { characterTokenizer } from "lib/text/character_tokenizer.ts";

const text = "abcdefghij".repeat(400);
const names = ["Ox", "Emu"];
const planting = { names, maxDistance: 16, between: 3 };
const planted = plantAgreement(text, { ...planting, random: randomStream(1, "plants") });
const pairs = [...planted.matchAll(/ (Ox|Emu), ([a-j]*), (Ox|Emu)\./g)];

Deno.test("plantAgreement() repeats each name after some text, and leaves the text in its order", () => {
  assert(pairs.length > 300);
  for (const [, first, , second] of pairs) assertEquals(second, first);
  const rest = planted.replaceAll(/ (Ox|Emu), ([a-j]*), \1\./g, "$2");
  assertEquals(rest, text.slice(0, rest.length));
});

Deno.test("plantAgreement() draws names uniformly and distances log-uniformly from 0, below the most", () => {
  const share = (found: (pair: RegExpExecArray) => boolean) =>
    pairs.filter((pair) => found(pair)).length / pairs.length;
  assertAlmostEquals(share(([, name]) => name === "Ox"), 0.5, 0.07);
  // P(distance = d) = log_17((d + 2) / (d + 1))
  assertAlmostEquals(share(([, , { length }]) => length === 0), Math.log(2) / Math.log(17), 0.07);
  assertAlmostEquals(share(([, , { length }]) => length < 4), Math.log(5) / Math.log(17), 0.07);
  assertEquals(share(([, , { length }]) => length < 16), 1);
});

const tokenizer = characterTokenizer(planted);
const asking = { tokenizer, names, fillerText: text, pieces: 5 };
const ask = (order: number, distance: number) =>
  nameAgreement(
    ngramModel(tokenizer.encode(planted), { vocabulary: tokenizer.vocabulary, order }),
    { ...asking, distance, random: randomStream(2, "pieces") },
  );

Deno.test("nameAgreement() of an n-gram: right within its order, chance beyond", async () => {
  // "Emu, , E": 7 characters before the answer, 8 with it.
  const within = await ask(8, 0);
  assertEquals([within.distance, within.shareRight], [0, 1]);
  assert(within.natsAboveChance > 0.3 && within.natsAboveChance < Math.LN2);
  const beyond = await ask(4, 12);
  assertEquals(beyond.shareRight, 0.5); // always the same name, right for one of the two
  assert(Math.abs(beyond.natsAboveChance) < 0.05);
});

Deno.test("nameAgreement() of a model that knows nothing is chance, exactly where names are of one length", async () => {
  const uniform = ngramModel(Int32Array.of(), { vocabulary: tokenizer.vocabulary, order: 1 });
  const { shareRight, natsAboveChance } = await nameAgreement(uniform, {
    ...{ ...asking, names: ["Ox", "Em"] },
    ...{ distance: 4, random: randomStream(2, "pieces") },
  });
  assertEquals(shareRight, 0); // a tie is no answer
  assertAlmostEquals(natsAboveChance, 0, 1e-12);
});

Deno.test("nameAgreement() refuses a filler text shorter than the distance", async () => {
  await assertRejects(() => ask(2, 5000), RangeError, "5000 characters");
});

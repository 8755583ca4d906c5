import { assertEquals } from "@std/assert";
import { ngramModel } from "lib/models/ngrams/ngram_model.ts";
import { controlAccuracy, styleJudge } from "lib/probes/writing/style_judge.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";

Deno.test("styleJudge() names the style whose n-gram finds the text likeliest", async () => {
  const { vocabulary, encode } = characterTokenizer("ab");
  const styles = ["aabaabaab".repeat(9), "ababababa".repeat(9)].map(encode);
  const { judge } = styleJudge(styles, { vocabulary, order: 3 });
  assertEquals(await judge(encode("aabaab")), 0);
  assertEquals(await judge(encode("bababa")), 1);
});

Deno.test("controlAccuracy() is 1 for a model that does as it is asked and a half for one that cannot", async () => {
  const { vocabulary, encode } = characterTokenizer("abxy");
  const styles = ["ab".repeat(40), "xy".repeat(40)].map(encode);
  const judge = styleJudge(styles, { vocabulary, order: 2 });
  const model = ngramModel(encode("ab".repeat(40) + "xy".repeat(40)), { vocabulary, order: 2 });
  const asks = { styles: 2, samples: 20, length: 8 };
  const random = () => 0.5;
  const willing = (style: number) => encode(["a", "x"][style]);
  const share = await controlAccuracy(model, { promptOf: willing, asks, judge, random });
  assertEquals(share, 1);
  const deaf = await controlAccuracy(model, { promptOf: () => encode("a"), asks, judge, random });
  assertEquals(deaf, 0.5);
});

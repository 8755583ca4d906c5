import { assert, assertEquals } from "@std/assert";
import { useBackend } from "lib/kernels/backend.ts";
import { tyingTrial } from "lib/experiments/tying_trial.ts";
import { characterTokenizer } from "lib/text/tokenizers/character_tokenizer.ts";

await useBackend("cpu");

const text = "she sells sea shells by the sea shore; ".repeat(30);

Deno.test("tyingTrial() saves V times H parameters and learns either way, each seed for itself", async () => {
  const tokenizer = characterTokenizer(text);
  const size = tokenizer.vocabulary.size;
  const options = {
    ...{ trainingText: text, validationText: text, hiddenSize: 12, trainingSteps: 60 },
    ...{ learningRate: 0.02, seeds: [1, 2] },
  };
  const apart = await tyingTrial(tokenizer, { ...options, tied: false });
  const tied = await tyingTrial(tokenizer, { ...options, tied: true });
  assertEquals(apart.parameterCount - tied.parameterCount, 12 * size);
  assertEquals(apart.parameterCount, 12 * size * 2 + 12 * 12 + 12 + size);
  for (const { bitsPerChar } of [apart, tied]) {
    assert(bitsPerChar.every((bits) => bits < Math.log2(size) - 0.5));
    assert(bitsPerChar[0] !== bitsPerChar[1]);
  }
});

Deno.test("tyingTrial() learns a text that is shorter than its windows by heart", async () => {
  const short = text.slice(0, 17);
  const tokenizer = characterTokenizer(short);
  const options = { trainingText: short, validationText: short, hiddenSize: 24, seeds: [1] };
  const steps = { trainingSteps: 150, learningRate: 0.02 };
  const { bitsPerChar } = await tyingTrial(tokenizer, { ...options, ...steps, tied: false });
  assert(bitsPerChar[0] > 0 && bitsPerChar[0] < 1, `${bitsPerChar[0]}`);
});

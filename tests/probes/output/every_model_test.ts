import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { join, relative } from "node:path";
import { useBackend } from "lib/kernels/backend.ts";
import * as layers from "lib/models/cells/recurrent_cell.ts";
import { everyModel } from "lib/probes/output/every_model.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";
import { repositoryRoot as root } from "../../repository/repository_root.ts";

await useBackend("cpu");

/** Files of lib/models that give no scores of their own, and why. */
const withoutScores: Record<string, string> = {
  "attention/attention.ts": "weights over states, in the networks that attend",
  "cells/cell.ts": "types",
  "ngrams/context_tree.ts": "counts, read by the n-gram",
  "fitting_hidden_size.ts": "a size",
  "fused_inference.ts": "the step of a recurrent model",
  "initialisers.ts": "initial weights",
  "attention/key_value_cache.ts": "the step of a causal transformer",
  "language_model.ts": "types",
  "ngrams/ngram_sweep.ts": "losses of n-grams",
  "output/output_layer.ts": "rows of an output layer's matrix",
  "safetensors.ts": "a file format",
  "checked_model.ts": "the contract's check of any model",
  "require_ids.ts": "the contract of ids",
  "token_losses.ts": "losses of scores",
  "trainable_model.ts": "types",
  "transformer/transformer_config.ts": "sizes and initial weights",
  "transformer/transformer_parameters.ts": "parameters",
  "transformer/transformer_pass.ts": "the forward pass of both transformers",
};

function* walkSync(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* walkSync(join(folder, name));
    else yield join(folder, name);
  }
}

Deno.test("everyModel() makes one of each file in lib/models that scores tokens: a new one belongs into it", async () => {
  const source = await Deno.readTextFile(join(root, "lib/probes/output/every_model.ts"));
  const made = [...source.matchAll(/^import \{[^}]*\} from "lib\/models\/(.+)";$/gm)]
    .map(([, file]) => file);
  const folder = join(root, "lib/models");
  const files = [...walkSync(folder)].map((path) => relative(folder, path));
  const known = [...made, ...Object.keys(withoutScores)];
  assertEquals(
    files.filter((file) => !known.includes(file)).sort(),
    [],
    "not made by everyModel()",
  );
  assertEquals(Object.keys(withoutScores).filter((file) => !files.includes(file)), [], "gone");
});

Deno.test("everyModel() makes one of each layer that recurrent_cell.ts defines", async () => {
  const source = await Deno.readTextFile(join(root, "lib/probes/output/every_model.ts"));
  const [, made] = /import \{([^}]*)\} from "lib\/models\/cells\/recurrent_cell.ts";/.exec(source)!;
  const kinds = Object.keys(layers).filter((name) => name !== "recurrentCell");
  assertEquals(made.split(",").map((name) => name.trim()).sort(), kinds.sort());
});

Deno.test("everyModel() names each model differently and lets go of every tensor", async () => {
  const before = tf.memory().numTensors;
  const vocabulary = createVocabulary([..."abcde"]);
  const every = await everyModel({ vocabulary, seed: 1, longest: 4 });
  const names = [
    ...every.trainable.map(({ model }) => model.name),
    ...every.stepwise.map(({ name }) => name),
    ...every.assembled.map(({ name }) => name),
  ];
  assertEquals(new Set(names).size, names.length);
  assert(names.length >= 20);
  every.dispose();
  assertEquals(tf.memory().numTensors, before);
});

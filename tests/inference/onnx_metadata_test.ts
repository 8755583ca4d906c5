import { assertEquals, assertThrows } from "@std/assert";
import { type OnnxMetadata, readMetadata, writeMetadata } from "lib/inference/onnx_metadata.ts";
import { createVocabulary } from "lib/text/tokenizers/vocabulary.ts";

const room = { mostLayers: 9 };

const metadata: OnnxMetadata = {
  name: "GRU 5",
  config: {
    cell: "gru",
    inputSize: 4,
    hiddenSize: 5,
    layerCount: 1,
    outputSize: 4,
    biasesPerGate: 1,
  },
  vocabulary: createVocabulary(["<unk>", '"', "🙂", "\ud800"], { unknownToken: "<unk>" }),
  tokenizerName: "characters (code points)",
  trainingRecord: {
    trainingStep: 10,
    epoch: 0.5,
    lossNats: 2.25,
    gradientNorm: 1,
    clippedShare: 0,
    charactersPerSecond: 1000,
    elapsedSeconds: 1,
    engine: "fused wasm, 1 thread",
  },
};

Deno.test("readMetadata() gives back what writeMetadata() wrote, tokens of any script and lone surrogates too", () => {
  const { vocabulary, ...rest } = readMetadata(writeMetadata(metadata), room);
  const { vocabulary: expected, ...expectedRest } = metadata;
  assertEquals(rest, expectedRest);
  assertEquals([...vocabulary.tokens], [...expected.tokens]);
  assertEquals(vocabulary.unknownId, 0);
});

Deno.test("writeMetadata() leaves out what it was not told, and ends with what every file has", () => {
  const keys = (told: OnnxMetadata) => writeMetadata(told).map(({ key }) => key);
  const always = ["unrolled.name", "unrolled.vocabulary", "unrolled.config"];
  assertEquals(keys(metadata), ["unrolled.trainingRecord", "unrolled.tokenizer", ...always]);
  const untold = { ...metadata, tokenizerName: undefined, trainingRecord: undefined };
  assertEquals(keys(untold), always);
  assertEquals(readMetadata(writeMetadata(untold), room).tokenizerName, undefined);
});

Deno.test("readMetadata() refuses a property that is missing, no JSON, or at odds with another", () => {
  const written = writeMetadata(metadata);
  for (const missing of ["unrolled.name", "unrolled.vocabulary", "unrolled.config"]) {
    const rest = written.filter(({ key }) => key !== missing);
    assertThrows(() => readMetadata(rest, room), Error, `no ${missing}`);
  }
  const changed = (changedKey: string, value: string) =>
    written.map((entry) => entry.key === changedKey ? { ...entry, value } : entry);
  const refuse = (key: string, value: string, sentence: string) =>
    assertThrows(() => readMetadata(changed(key, value), room), Error, sentence);
  refuse("unrolled.config", "{", "its unrolled.config is no JSON");
  refuse("unrolled.config", "{}", "its metadata makes no sense");
  refuse("unrolled.vocabulary", '{"tokens":["a","a"]}', "comes twice");
  refuse(
    "unrolled.vocabulary",
    '{"tokens":["a"]}',
    "its vocabulary has 1 tokens, its network scores 4",
  );
});

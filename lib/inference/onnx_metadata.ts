import { architectureOf, isTransformer, type OnnxConfig } from "lib/inference/onnx_architecture.ts";
import { createVocabulary, type Vocabulary } from "lib/text/tokenizers/vocabulary.ts";
import type { TrainingRecord } from "lib/training/training_record.ts";

/** Version of the official operators: of 2022, so that older tools read the files too. */
export const OPERATOR_SET = 17;
/** The version of the file format that came with that operator set. */
export const IR_VERSION = 8;
/** By this name of its producer a file of this library is known. */
export const PRODUCER = "unrolled";
/** Version of what we write into a file: graph, names and metadata. */
export const PRODUCER_VERSION = "1";

/** What an ONNX file of ours says about its model beside the graph, in `metadata_props`. */
export interface OnnxMetadata {
  /** Such as "GRU 128". */
  readonly name: string;
  readonly config: OnnxConfig;
  readonly vocabulary: Vocabulary;
  /** The name of the tokenizer whose ids the model reads, if it was told. */
  readonly tokenizerName?: string;
  /** The last record of its training, if it was told. */
  readonly trainingRecord?: TrainingRecord;
}

type Properties = readonly { readonly key: string; readonly value: string }[];

/**
 * The metadata as properties of an ONNX file, JSON in each but the names.
 *
 * Those that every file has come last, so that a file that was cut short lacks one.
 */
export function writeMetadata(metadata: OnnxMetadata): Properties {
  const { name, config, vocabulary, tokenizerName, trainingRecord } = metadata;
  const { tokens, unknownId } = vocabulary;
  const unknownToken = unknownId === undefined ? undefined : tokens[unknownId];
  const entries = {
    "unrolled.trainingRecord": trainingRecord && JSON.stringify(trainingRecord),
    "unrolled.tokenizer": tokenizerName,
    "unrolled.name": name,
    "unrolled.vocabulary": JSON.stringify({ tokens, unknownToken }),
    "unrolled.config": JSON.stringify(config),
  };
  return Object.entries(entries).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value }]
  );
}

/**
 * The metadata that `writeMetadata` wrote.
 *
 * @param options.mostLayers layers or blocks that the file has room for.
 * @throws {Error} if a property is missing or does not say what it should.
 */
export function readMetadata(
  properties: Properties,
  options: { mostLayers: number },
): OnnxMetadata {
  const values = new Map(properties.map(({ key, value }) => [key, value]));
  const required = (key: string) => {
    const value = values.get(key);
    if (value === undefined) {
      throw new Error(
        `Cannot read an ONNX file: its metadata has no ${key}; it is cut short or was changed.`,
      );
    }
    return value;
  };
  const record = values.get("unrolled.trainingRecord");
  const metadata = {
    name: required("unrolled.name"),
    config: readConfig(parse("unrolled.config", required("unrolled.config")), options),
    vocabulary: readVocabulary(parse("unrolled.vocabulary", required("unrolled.vocabulary"))),
    tokenizerName: values.get("unrolled.tokenizer"),
    trainingRecord: record === undefined
      ? undefined
      : readRecord(parse("unrolled.trainingRecord", record)),
  };
  const { vocabularySize } = architectureOf(metadata.config);
  const { size } = metadata.vocabulary;
  if (size !== vocabularySize) {
    throw new Error(
      `Cannot read an ONNX file: its vocabulary has ${size} tokens, ` +
        `its network scores ${vocabularySize}.`,
    );
  }
  return metadata;
}

function readConfig(value: unknown, { mostLayers }: { mostLayers: number }): OnnxConfig {
  const config = requireRecord("unrolled.config", value) as unknown as OnnxConfig;
  const isAttentive = isTransformer(config);
  const layers = isAttentive ? config.blockCount : config.layerCount;
  if (layers > mostLayers) {
    throw new Error(
      `Cannot read an ONNX file: its metadata has ${layers} layers, its graph ${mostLayers} nodes.`,
    );
  }
  understood(() => architectureOf(config));
  requireKeys(config, isAttentive ? transformerKeys : recurrentKeys);
  if (
    isAttentive
      ? typeof config.tiedEmbeddings !== "boolean"
      : ![1, 2].includes(config.biasesPerGate)
  ) {
    throw new Error(
      `Cannot read an ONNX file: its metadata makes no sense; tiedEmbeddings is true or false, ` +
        `biasesPerGate 1 or 2, got ${JSON.stringify(config)}.`,
    );
  }
  if (!isAttentive && config.inputSize !== config.outputSize) {
    throw new Error(
      `Cannot read an ONNX file: its network reads ${config.inputSize} tokens and scores ` +
        `${config.outputSize}.`,
    );
  }
  return config;
}

const recurrentKeys = "cell inputSize hiddenSize layerCount outputSize biasesPerGate";
const transformerKeys =
  "vocabularySize embeddingSize blockCount headCount contextLength tiedEmbeddings";

function requireKeys(config: OnnxConfig, keys: string): void {
  const found = Object.keys(config);
  if (found.toSorted().join(" ") === keys.split(" ").toSorted().join(" ")) return;
  throw new Error(
    `Cannot read an ONNX file: the settings of its unrolled.config are ${found.join(" ")}, ` +
      `expected ${keys}.`,
  );
}

function readVocabulary(value: unknown): Vocabulary {
  const { tokens, unknownToken } = requireRecord("unrolled.vocabulary", value);
  const texts = Array.isArray(tokens) ? [...tokens] : [tokens];
  if (unknownToken !== undefined) texts.push(unknownToken);
  const stranger = Array.isArray(tokens) ? texts.findIndex((one) => typeof one !== "string") : 0;
  if (stranger >= 0) {
    throw new Error(
      `Cannot read an ONNX file: the tokens of its unrolled.vocabulary must be a list of texts, ` +
        `got ${JSON.stringify(texts[stranger])}.`,
    );
  }
  return understood(() =>
    createVocabulary(tokens as string[], { unknownToken: unknownToken as string | undefined })
  );
}

const recordTexts = ["engine", "stopReason"];

/** Numbers by name, JSON's null for one that was not finite, and what computed them. */
function readRecord(value: unknown): TrainingRecord {
  const record = requireRecord("unrolled.trainingRecord", value);
  for (const [key, field] of Object.entries(record)) {
    const isText = recordTexts.includes(key);
    if (isText ? typeof field === "string" : field === null || typeof field === "number") continue;
    throw new Error(
      `Cannot read an ONNX file: ${key} of its unrolled.trainingRecord must be a ` +
        `${isText ? "text" : "number"}, got ${JSON.stringify(field)}.`,
    );
  }
  return record as unknown as TrainingRecord;
}

function requireRecord(key: string, value: unknown): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new Error(
    `Cannot read an ONNX file: its ${key} must be an object, got ${JSON.stringify(value)}.`,
  );
}

function parse(key: string, text: string): unknown {
  return understood(() => JSON.parse(text), `its ${key} is no JSON`);
}

function understood<T>(read: () => T, problem = "its metadata makes no sense"): T {
  try {
    return read();
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`Cannot read an ONNX file: ${problem} (${message})`, { cause: error });
  }
}

import { architectureOf, type OnnxConfig } from "lib/inference/onnx_architecture.ts";
import { createVocabulary, type Vocabulary } from "lib/text/vocabulary.ts";
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
 * @throws {Error} if a property is missing or does not say what it should.
 */
export function readMetadata(properties: Properties): OnnxMetadata {
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
  const { tokens, unknownToken } = parse("unrolled.vocabulary", required("unrolled.vocabulary"));
  const config = parse("unrolled.config", required("unrolled.config"));
  const record = values.get("unrolled.trainingRecord");
  const metadata = {
    name: required("unrolled.name"),
    config,
    vocabulary: understood(() => createVocabulary(tokens, { unknownToken })),
    tokenizerName: values.get("unrolled.tokenizer"),
    trainingRecord: record === undefined ? undefined : parse("unrolled.trainingRecord", record),
  };
  const { vocabularySize } = understood(() => architectureOf(config));
  const { size } = metadata.vocabulary;
  if (size !== vocabularySize) {
    throw new Error(
      `Cannot read an ONNX file: its vocabulary has ${size} tokens, ` +
        `its network scores ${vocabularySize}.`,
    );
  }
  return metadata;
}

// deno-lint-ignore no-explicit-any -- JSON of our own; what matters of it is checked where it is used
function parse(key: string, text: string): any {
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

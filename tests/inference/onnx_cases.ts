import { decodeOnnxModel, type OnnxGraph, type OnnxModel } from "lib/inference/onnx_model.ts";
import type { CellKind, NetworkConfig } from "lib/kernels/network_config.ts";
import {
  type CausalTransformer,
  causalTransformer,
} from "lib/models/transformer/causal_transformer.ts";
import {
  type RecurrentLanguageModel,
  recurrentLanguageModel,
} from "lib/models/recurrent_language_model.ts";
import type { TransformerConfig } from "lib/models/transformer/transformer_config.ts";
import { randomStream } from "lib/random/random_stream.ts";
import { assignAll } from "lib/training/engines/tf_optimizer.ts";
import { readFixture } from "../fixtures/read_fixture.ts";
import { cellKinds, lettersVocabulary } from "../models/small_model.ts";
import { type TransformerCase, transformerCases } from "../models/transformer_cases.ts";

/** The sizes of a network to export. */
export type ExportCase =
  & Pick<NetworkConfig, "cell" | "hiddenSize" | "layerCount" | "biasesPerGate">
  & {
    readonly vocabularySize: number;
  };

const sizes = [
  { hiddenSize: 1, vocabularySize: 2 },
  { hiddenSize: 7, vocabularySize: 5 },
  { hiddenSize: 13, vocabularySize: 26 },
  { hiddenSize: 33, vocabularySize: 3 },
  { hiddenSize: 16, vocabularySize: 11 },
];

/** Every cell with 1, 2 and 3 layers and 1 and 2 biases per gate, the sizes odd ones in turn. */
export const exportCases: readonly ExportCase[] = cellKinds.flatMap((cell, row) =>
  [1, 2, 3].flatMap((layerCount) =>
    ([1, 2] as const).map((biasesPerGate) => ({
      cell,
      layerCount,
      biasesPerGate,
      ...sizes[(row + 2 * layerCount + biasesPerGate) % sizes.length],
    }))
  )
);

/** For test names. */
export function exportCaseName(options: ExportCase): string {
  const { cell, layerCount, biasesPerGate, hiddenSize, vocabularySize } = options;
  return `${cell} ${hiddenSize} x ${layerCount}, ${biasesPerGate} biases, ${vocabularySize} tokens`;
}

/** A model of such sizes, none of whose parameters is 0. The caller disposes of it. */
export function exportModel(options: ExportCase): RecurrentLanguageModel {
  const { vocabularySize, ...rest } = options;
  const vocabulary = lettersVocabulary(vocabularySize);
  const random = randomStream(3, "exported model");
  const model = recurrentLanguageModel({ vocabulary, ...rest, random });
  const biases = Object.entries(model.parameters).filter(([name]) => /bias$/i.test(name));
  const draw = (size: number) => Float32Array.from({ length: size }, () => random() - 0.5);
  assignAll(
    Object.fromEntries(biases),
    Object.fromEntries(biases.map(([name, { size }]) => [name, draw(size)])),
  );
  return model;
}

/** A small GPT, none of whose parameters is 0. The caller disposes of it. */
export function exportTransformer(
  { vocabularySize = 7, ...options }: Partial<TransformerConfig> = {},
): CausalTransformer {
  const random = randomStream(6, "exported transformer");
  const sizes = { embeddingSize: 8, blockCount: 2, headCount: 2, contextLength: 6 };
  const vocabulary = lettersVocabulary(vocabularySize);
  const model = causalTransformer({ vocabulary, ...sizes, ...options, deviation: 0.4, random });
  const plain = Object.entries(model.parameters).filter(([name]) => /(bias|scale)$/.test(name));
  const draw = (size: number) => Float32Array.from({ length: size }, () => random() + 0.1);
  assignAll(
    Object.fromEntries(plain),
    Object.fromEntries(plain.map(([name, { size }]) => [name, draw(size)])),
  );
  return model;
}

/** The GPT of one of PyTorch's cases. The caller disposes of it. */
export function transformerWith({ config, parameters }: TransformerCase): CausalTransformer {
  const { vocabularySize, ...sizes } = config;
  const vocabulary = lettersVocabulary(vocabularySize);
  const model = causalTransformer({ vocabulary, ...sizes, random: randomStream(1, "overwritten") });
  assignAll(model.parameters, parameters);
  return model;
}

/** PyTorch's cases that are language models: none sees what comes after. */
export const causalCases: readonly TransformerCase[] = transformerCases.filter((one) =>
  !one.seesFuture
);

/** The sizes of a small network of that cell. */
export function smallCase(cell: CellKind): ExportCase {
  return { cell, hiddenSize: 5, layerCount: 2, biasesPerGate: 2, vocabularySize: 7 };
}

/** A file's content as plain records, to be changed and encoded again. */
export function plainModel(bytes: Uint8Array): OnnxModel & { graph: OnnxGraph } {
  return plain(decodeOnnxModel(bytes)) as ReturnType<typeof plainModel>;
}

/** Messages carry their type's name, by which the encoder would take a changed copy for checked. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  const entries = Object.entries(value).filter(([key]) => !key.startsWith("$"));
  return Object.fromEntries(entries.map(([key, field]) => [key, plain(field)]));
}

/** The digest of a file that the checker passed, and what the evaluator computed from it. */
export interface CheckedFile {
  readonly sha256: string;
  readonly outputs: Readonly<Record<string, number[]>>;
}

/** What ONNX's own checker and evaluator said of our files; see `make_onnx_reference.py`. */
export interface OnnxReference {
  /** Version of the checker. */
  readonly onnx: string;
  /** A file of another make, base64. */
  readonly foreign: string;
  /** One for each of `pytorchCases`. */
  readonly cases: readonly CheckedFile[];
  /** One for each of `causalCases`. */
  readonly transformers: readonly CheckedFile[];
}

export const onnxReference: OnnxReference = readFixture("onnx_reference.json");

/** The file of another make. */
export const foreignFile = Uint8Array.from(atob(onnxReference.foreign), (c) => c.charCodeAt(0));

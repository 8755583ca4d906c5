import { architectureOf } from "lib/inference/onnx_architecture.ts";
import {
  IR_VERSION,
  type OnnxMetadata,
  OPERATOR_SET,
  PRODUCER,
  PRODUCER_VERSION,
  readMetadata,
} from "lib/inference/onnx_metadata.ts";
import {
  AttributeType,
  decodeOnnxModel,
  type OnnxGraph,
  type OnnxModel,
  type OnnxNode,
} from "lib/inference/onnx_model.ts";
import type { ParameterValues } from "lib/inference/onnx_parameters.ts";

/** What a file of ours holds. */
export interface OnnxFile extends OnnxMetadata {
  /** By canonical name, in our layout. */
  readonly parameters: ParameterValues;
}

/**
 * Reads an ONNX file that `exportOnnx` wrote.
 *
 * @throws {Error} saying which: the file is cut short or no ONNX file; it was made by another program; it
 * is of another operator set or format version; its graph was changed; its metadata or numbers are not whole.
 */
export function readOnnxFile(bytes: Uint8Array): OnnxFile {
  const model = decodeOnnxModel(bytes);
  requireOurMake(model);
  const metadata = readMetadata(model.metadataProps);
  const architecture = architectureOf(metadata.config);
  requireNodes(model.graph, architecture.graph());
  return { ...metadata, parameters: architecture.fromConstants(model.graph.initializer) };
}

function requireOurMake(model: OnnxModel): void {
  const { producerName, producerVersion, irVersion, opsetImport } = model;
  if (producerName !== PRODUCER) {
    throw new Error(
      `Cannot import an ONNX file of foreign make: its producer is ` +
        `${producerName ? `"${producerName}" ${producerVersion}`.trim() : "not named"}; ` +
        `only files that this library exported can become models of it.`,
    );
  }
  if (producerVersion !== PRODUCER_VERSION) {
    throw new Error(
      `Cannot import an ONNX file: it is of version "${producerVersion}" of this library's files, ` +
        `only ${PRODUCER_VERSION} is known.`,
    );
  }
  const sets = opsetImport.map(({ domain, version }) => `${domain || "ai.onnx"} ${version}`);
  if (sets.join() !== `ai.onnx ${OPERATOR_SET}`) {
    throw new Error(
      `Cannot import an ONNX file: its operator set is ${sets.join(" and ")}, ` +
        `expected ai.onnx ${OPERATOR_SET}.`,
    );
  }
  if (irVersion !== BigInt(IR_VERSION)) {
    throw new Error(
      `Cannot import an ONNX file: its IR version is ${irVersion}, expected ${IR_VERSION}.`,
    );
  }
}

/** An optimised, quantised or otherwise edited graph computes something else than its metadata says. */
function requireNodes(graph: OnnxGraph, expected: OnnxGraph): void {
  const found = graph.node.map(inWords);
  expected.node.map(inWords).forEach((words, place) => {
    if (found[place] !== words) {
      throw new Error(
        `Cannot import an ONNX file: its graph was changed; ` +
          `node ${place} is ${found[place] ?? "missing"}, expected ${words}.`,
      );
    }
  });
  if (found.length > expected.node.length) {
    throw new Error(
      `Cannot import an ONNX file: its graph was changed; ` +
        `it has ${found.length} nodes, expected ${expected.node.length}.`,
    );
  }
}

function inWords({ opType, domain, input, output, attribute }: OnnxNode): string {
  const attributes = attribute.map(({ name, type, f, i, ints, strings = [] }) => {
    const texts = strings.map((bytes) => new TextDecoder().decode(bytes));
    const values = { float: [f], int: [i], ints, strings: texts };
    const kind = Object.entries(AttributeType).find(([, number]) => number === type)?.[0];
    return `${name}=${values[kind as keyof typeof values]?.join("+") ?? `of type ${type}`}`;
  });
  const prefix = domain ? `${domain}.` : "";
  return `${prefix}${opType}(${input.join(", ")}; ${attributes.join(", ")}) -> ${
    output.join(", ")
  }`;
}

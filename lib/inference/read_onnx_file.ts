import { architectureOf, type OnnxArchitecture } from "lib/inference/onnx_architecture.ts";
import { type OnnxFile, onnxFileContent } from "lib/inference/onnx_file_content.ts";
import { requireNodes, requireValues } from "lib/inference/onnx_graph_check.ts";
import {
  IR_VERSION,
  OPERATOR_SET,
  PRODUCER,
  PRODUCER_VERSION,
  readMetadata,
} from "lib/inference/onnx_metadata.ts";
import { decodeOnnxModel, encodeOnnxModel, type OnnxModel } from "lib/inference/onnx_model.ts";

/**
 * Reads an ONNX file that `exportOnnx` wrote: it is, byte for byte, the file that would be written of
 * what was read, so that whatever runs it computes what its metadata says. What it claims is held
 * against its size before memory is taken for it.
 *
 * @throws {Error} saying which: the file is cut short or no ONNX file; it was made by another program; it
 * is of another operator set or format version; its graph was changed; its metadata or numbers are not
 * whole, or not finite, or at odds with each other.
 */
export function readOnnxFile(bytes: Uint8Array): OnnxFile {
  const model = decodeOnnxModel(bytes);
  requireOurMake(model);
  const { node, initializer } = model.graph;
  // Each layer has nodes of its own.
  const metadata = readMetadata(model.metadataProps, { mostLayers: node.length });
  const architecture = architectureOf(metadata.config);
  requireRoom(architecture, bytes.length);
  requireNodes(model.graph, architecture.graph());
  const file = { ...metadata, parameters: architecture.fromConstants(initializer) };
  requireFinite(file);
  const content = onnxFileContent(file);
  requireValues(model.graph, content.graph);
  requireBytes(bytes, encodeOnnxModel(content));
  return file;
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

/** A file of n bytes holds less than n / 4 numbers. */
function requireRoom({ parameterShapes }: OnnxArchitecture, byteCount: number): void {
  const count = Object.values(parameterShapes)
    .reduce((total, shape) => total + shape.reduce((product, size) => product * size, 1), 0);
  if (4 * count >= byteCount) {
    throw new Error(
      `Cannot import an ONNX file: the network of its metadata has ${count} parameters, of 4 bytes ` +
        `each, the file has ${byteCount} bytes.`,
    );
  }
}

function requireFinite({ parameters }: OnnxFile): void {
  for (const [name, values] of Object.entries(parameters)) {
    const place = values.findIndex((value) => !Number.isFinite(value));
    if (place >= 0) {
      throw new Error(
        `Cannot import an ONNX file: number ${place} of ${name} is ${values[place]}, not finite.`,
      );
    }
  }
}

/** What no other check knows of: fields of other tools, a second property of a name, another order. */
function requireBytes(found: Uint8Array, expected: Uint8Array): void {
  const place = expected.findIndex((byte, at) => found[at] !== byte);
  if (place < 0 && found.length === expected.length) return;
  throw new Error(
    `Cannot import an ONNX file: it was changed; from byte ${
      place < 0 ? expected.length : place
    } ` +
      `on it is not what this library writes for its metadata and parameters.`,
  );
}

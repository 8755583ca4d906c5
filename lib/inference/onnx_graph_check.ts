import {
  AttributeType,
  ElementType,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from "lib/inference/onnx_model.ts";

/**
 * An optimised, quantised or otherwise edited graph computes something else than its metadata says.
 *
 * @throws {Error} naming the first node that is not as expected.
 */
export function requireNodes(graph: OnnxGraph, expected: OnnxGraph): void {
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

/**
 * Inputs, outputs and constants of a graph: names, types and shapes in their order, and the constants' numbers.
 *
 * @throws {Error} naming the first that is not as expected.
 */
export function requireValues(found: OnnxGraph, expected: OnnxGraph): void {
  const kinds = [
    { kind: "input", of: (graph: OnnxGraph) => graph.input.map(valueInWords) },
    { kind: "output", of: (graph: OnnxGraph) => graph.output.map(valueInWords) },
    { kind: "constant", of: (graph: OnnxGraph) => graph.initializer.map(tensorInWords) },
  ];
  for (const { kind, of } of kinds) {
    const [ours, theirs] = [of(expected), of(found)];
    for (let place = 0; place < Math.max(ours.length, theirs.length); place++) {
      if (ours[place] === theirs[place]) continue;
      throw new Error(
        `Cannot import an ONNX file: its graph was changed; ${kind} ${place} is ` +
          `${theirs[place] ?? "missing"}, expected ${ours[place] ?? "none"}.`,
      );
    }
  }
}

function valueInWords({ name, type }: OnnxValue): string {
  const { elemType, shape } = type?.tensorType ?? {};
  const lengths = shape?.dim.map(({ dimValue, dimParam }) => dimParam || `${dimValue}`);
  return `${name} of type ${elemType} [${lengths?.join(", ") ?? "?"}]`;
}

/** The numbers of a setting such as `heads`; those of weights go unsaid. */
const mostNumbers = 8;

function tensorInWords({ name, dims, dataType, rawData }: OnnxTensor): string {
  const words = `${name} of type ${dataType} [${dims.join(", ")}]`;
  const Numbers = numbersOf[dataType];
  if (!Numbers || rawData.length > mostNumbers * 8) return words;
  if (rawData.length % Numbers.BYTES_PER_ELEMENT !== 0) return `${words}, ${rawData.length} bytes`;
  return `${words} = ${[...new Numbers(rawData.slice().buffer)].join(", ")}`;
}

const numbersOf: Record<
  number,
  typeof Float32Array | typeof Int32Array | typeof BigInt64Array | undefined
> = {
  [ElementType.float]: Float32Array,
  [ElementType.int32]: Int32Array,
  [ElementType.int64]: BigInt64Array,
};

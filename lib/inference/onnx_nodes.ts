import {
  AttributeType,
  type OnnxAttribute,
  type OnnxDimension,
  type OnnxNode,
  type OnnxValue,
} from "lib/inference/onnx_model.ts";

/** An operator of the official set, named after its first output. */
export function node(
  opType: string,
  { input, output, attribute = [] }: Pick<OnnxNode, "input" | "output"> & Partial<OnnxNode>,
): OnnxNode {
  return { name: `${opType} ${output[0]}`, opType, input, output, attribute };
}

/** An input or output of the graph. */
export function value(name: string, elemType: number, dim: OnnxDimension[]): OnnxValue {
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}

/** An axis of that length. */
export function fixed(length: number): OnnxDimension {
  return { dimValue: BigInt(length) };
}

/** An axis whose length each run chooses: the same for all axes of that name. */
export function free(name: string): OnnxDimension {
  return { dimParam: name };
}

/** An attribute that is a whole number. */
export function whole(name: string, number: number): OnnxAttribute {
  return { name, type: AttributeType.int, i: BigInt(number) };
}

/** The attribute `axis`. */
export function axis(place: number): OnnxAttribute {
  return whole("axis", place);
}

/** An attribute that is a list of whole numbers. */
export function wholes(name: string, numbers: readonly number[]): OnnxAttribute {
  return { name, type: AttributeType.ints, ints: numbers.map(BigInt) };
}

/** An attribute that is a real number. */
export function real(name: string, number: number): OnnxAttribute {
  return { name, type: AttributeType.float, f: Math.fround(number) };
}

/** An attribute that is a list of texts. */
export function strings(name: string, texts: readonly string[]): OnnxAttribute {
  const encoder = new TextEncoder();
  return { name, type: AttributeType.strings, strings: texts.map((text) => encoder.encode(text)) };
}

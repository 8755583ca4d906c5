import { decodeOnnxModel, type OnnxDimension } from "lib/inference/onnx_model.ts";

/**
 * The shape of an ONNX file's output as its graph declares it: a number where an axis is fixed, a name
 * where each run chooses, "?" where the file does not say. Reads files of any make.
 *
 * For a language model of ours: `["time", "batch", vocabularySize]`.
 *
 * @param options.output name of the output; the first unless told.
 * @throws {Error} if the bytes are no ONNX file, or it has no such output of known rank.
 */
export function outputShapeOf(
  bytes: Uint8Array,
  options: { output?: string } = {},
): (number | string)[] {
  const outputs = decodeOnnxModel(bytes).graph.output;
  const { output = outputs[0]?.name } = options;
  const shape = outputs.find(({ name }) => name === output)?.type?.tensorType?.shape;
  if (!shape) {
    const names = outputs.map(({ name }) => name).join(", ") || "none";
    throw new Error(
      `Cannot read the shape of output ${output}: the file's outputs are ${names}, ` +
        `and no shape is declared for that one.`,
    );
  }
  return shape.dim.map(lengthOf);
}

function lengthOf(dimension: OnnxDimension): number | string {
  // An absent field reads as its default, 0 or "": only its own properties were in the file.
  if (Object.hasOwn(dimension, "dimValue")) return Number(dimension.dimValue);
  return dimension.dimParam || "?";
}

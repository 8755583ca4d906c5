import { ElementType, type OnnxTensor } from "lib/inference/onnx_model.ts";
import type { NamedArray } from "lib/models/safetensors.ts";

/** A constant of float32 numbers, bit for bit. */
export function realTensor(name: string, { shape, values }: NamedArray): OnnxTensor {
  const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return { name, dims: shape.map(BigInt), dataType: ElementType.float, rawData };
}

/** A constant of one int32 number, of rank 0. */
export function int32Scalar(name: string, value: number): OnnxTensor {
  const rawData = new Uint8Array(Int32Array.of(value).buffer);
  return { name, dims: [], dataType: ElementType.int32, rawData };
}

/** A constant of one int64 number, of rank 0. */
export function int64Scalar(name: string, value: number): OnnxTensor {
  return { ...int64Tensor(name, [value]), dims: [] };
}

/** A constant of one float32 number, of rank 0. */
export function realScalar(name: string, value: number): OnnxTensor {
  return realTensor(name, { shape: [], values: Float32Array.of(value) });
}

/** A constant of int64 numbers, [values.length]. */
export function int64Tensor(name: string, values: readonly number[]): OnnxTensor {
  const rawData = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  return { name, dims: [BigInt(values.length)], dataType: ElementType.int64, rawData };
}

/**
 * The numbers of a float32 constant; a copy.
 *
 * @throws {Error} if it is of another type or shape, or its data is not as long as its shape says.
 */
export function tensorValues(tensor: OnnxTensor, shape: readonly number[]): Float32Array {
  const { name, dims, dataType, rawData } = tensor;
  if (dataType !== ElementType.float || dims.join() !== shape.join()) {
    throw new Error(
      `Cannot read ${name}: float numbers [${shape}] are expected, ` +
        `got type ${dataType} [${dims}].`,
    );
  }
  const size = shape.reduce((product, length) => product * length, 1);
  if (rawData.length !== 4 * size) {
    throw new Error(
      `Cannot read ${name}: its ${size} numbers take ${4 * size} bytes, got ${rawData.length}.`,
    );
  }
  return new Float32Array(rawData.slice().buffer);
}

import { assertEquals, assertThrows } from "@std/assert";
import {
  int32Scalar,
  int64Scalar,
  int64Tensor,
  realScalar,
  realTensor,
  tensorValues,
} from "lib/inference/onnx_tensor.ts";

Deno.test("int32Scalar() and int64Tensor() hold whole numbers little-endian", () => {
  const scalar = int32Scalar("n", 258);
  assertEquals({ ...scalar, rawData: [...scalar.rawData] }, {
    name: "n",
    dims: [],
    dataType: 6,
    rawData: [2, 1, 0, 0],
  });
  const tensor = int64Tensor("m", [-1, 2]);
  assertEquals([tensor.dims, tensor.dataType], [[2n], 7]);
  assertEquals([...tensor.rawData], [...Array(8).fill(255), 2, 0, 0, 0, 0, 0, 0, 0]);
});

Deno.test("int64Scalar() and realScalar() are of rank 0", () => {
  assertEquals([int64Scalar("n", 3).dims, [...int64Scalar("n", 3).rawData]], [
    [],
    [3, 0, 0, 0, 0, 0, 0, 0],
  ]);
  assertEquals([...tensorValues(realScalar("x", 0.5), [])], [0.5]);
});

Deno.test("realTensor() and tensorValues() keep every bit, also of part of a larger array", () => {
  const values = Float32Array.of(9, NaN, -0, 1e-45, Infinity, 9).subarray(1, 5);
  const tensor = realTensor("x", { shape: [2, 2], values });
  assertEquals([tensor.dims, tensor.dataType, tensor.rawData.length], [[2n, 2n], 1, 16]);
  const back = tensorValues(tensor, [2, 2]);
  assertEquals([...new Uint32Array(back.buffer)], [...new Uint32Array(values.slice().buffer)]);
});

Deno.test("tensorValues() refuses another shape or type, and data of another length", () => {
  const tensor = realTensor("x", { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) });
  assertThrows(() => tensorValues(tensor, [4]), Error, "float numbers [4] are expected");
  assertThrows(() => tensorValues(int64Tensor("x", [1]), [1]), Error, "got type 7 [1]");
  const short = { ...tensor, rawData: tensor.rawData.subarray(1) };
  assertThrows(() => tensorValues(short, [2, 2]), Error, "4 numbers take 16 bytes, got 15");
});

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";

const THREADS = 64;

/**
 * The places that each id stands at: int32 [rows + 1 + places]. Id i's places, ascending, are those
 * from entry i up to entry i + 1, as indices into the whole array.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { placesById } from "lib/kernels/webgpu/table_gradient.ts";
 * assertEquals([...placesById(Int32Array.of(1, 0, 1), 2)], [3, 4, 6, 1, 0, 2]);
 * ```
 */
export function placesById(ids: Int32Array, rows: number): Int32Array {
  const places = new Int32Array(rows + 1 + ids.length);
  for (const id of ids) places[id + 1]++;
  places[0] = rows + 1;
  for (let id = 0; id < rows; id++) places[id + 1] += places[id];
  const next = places.slice(0, rows);
  ids.forEach((id, place) => places[next[id]++] = place);
  return places;
}

/**
 * The gradient of a table whose rows were gathered: [rows, width], each the sum of the gradients of
 * the places that took it. One dispatch; always in the order of the places, so to the same bits.
 *
 * `gradients` starts with [places, width]; `places` is a tensor of what `placesById` gives.
 */
export function tableGradient(
  gradients: tf.Tensor1D,
  { places, rows, width }: { places: tf.Tensor1D; rows: number; width: number },
): tf.Tensor2D {
  const backend = tf.backend() as WebGPUBackend;
  const program = {
    variableNames: ["gradients", "places"],
    variableComponents: [1, 1],
    outputShape: [rows, width],
    shaderKey: "unrolled_table_gradient",
    dispatchLayout: { x: [1], y: [0] },
    dispatch: [Math.ceil(width / THREADS), rows, 1] as [number, number, number],
    workgroupSize: [THREADS, 1, 1] as [number, number, number],
    uniforms: "width : i32,",
    getUserCode: () => SHADER,
  };
  const uniforms = [{ type: "int32", data: [width] }];
  const info = backend.runWebGPUProgram(program, [gradients, places], "float32", uniforms);
  return tf.engine().makeTensorFromTensorInfo(info) as tf.Tensor2D;
}

const SHADER = `
    fn main() {
      let column = i32(globalId.x);
      let id = i32(workgroupId.y);
      if (column >= uniforms.width) { return; }
      var sum = 0.0;
      for (var entry = places[id]; entry < places[id + 1]; entry++) {
        sum += gradients[places[entry] * uniforms.width + column];
      }
      result[id * uniforms.width + column] = sum;
    }`;

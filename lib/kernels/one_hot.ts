import * as tf from "@tensorflow/tfjs";

/** Rows of the identity, [ids.length, size] float32: the inputs of a network that reads tokens. */
export function oneHotRows(ids: Int32Array, size: number): tf.Tensor2D {
  // Asked for float32, the WASM backend's oneHot leaves the bits of integers; int32 and a cast are right.
  return tf.tidy(() =>
    tf.cast(tf.oneHot(tf.tensor1d(ids, "int32"), size), "float32")
  ) as tf.Tensor2D;
}

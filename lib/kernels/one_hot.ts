import * as tf from "@tensorflow/tfjs";

/**
 * Rows of the identity, [ids.length, size] float32: the inputs of a network that reads tokens.
 *
 * @throws {RangeError} if an id is not below `size`: tfjs would give a row of zeros, and a target
 * outside the vocabulary would cost nothing.
 */
export function oneHotRows(ids: Int32Array, size: number): tf.Tensor2D {
  const stranger = ids.findIndex((id) => !(id >= 0 && id < size));
  if (stranger >= 0) {
    throw new RangeError(
      `Cannot read tokens: id ${ids[stranger]} at place ${stranger} is outside 0 to ${size - 1}.`,
    );
  }
  // Asked for float32, the WASM backend's oneHot leaves the bits of integers; int32 and a cast are right.
  const rows = tf.tidy(() =>
    tf.cast(tf.oneHot(tf.tensor1d(ids, "int32"), size), "float32")
  ) as tf.Tensor2D;
  idsOfData.set(rows.dataId, ids);
  return rows;
}

const idsOfData = new WeakMap<object, Int32Array>();

/**
 * The ids that a tensor's rows are the one-hot form of, whatever its shape now; undefined where it
 * did not come from `oneHotRows`. Kernels gather rows by them instead of multiplying by ones and zeros.
 */
export function idsOfOneHot(tensor: tf.Tensor): Int32Array | undefined {
  return idsOfData.get(tensor.dataId);
}

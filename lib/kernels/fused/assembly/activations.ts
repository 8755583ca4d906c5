// Activations of whole arrays, two vectors at a time: what they share is loaded once for both, and
// an engine may join the two (see wide_registers.ts).
import { sigmoid4, tanh4 } from "./vector_math";

/** to = tanh(from); `bytes` is a multiple of 32, and the two may be the same. */
export function tanhAll(from: usize, to: usize, bytes: usize): void {
  for (const end = from + bytes; from < end; from += 32, to += 32) {
    const low = tanh4(v128.load(from)), high = tanh4(v128.load(from, 16));
    v128.store(to, low);
    v128.store(to, high, 16);
  }
}

/** The same with the logistic function. */
export function sigmoidAll(from: usize, to: usize, bytes: usize): void {
  for (const end = from + bytes; from < end; from += 32, to += 32) {
    const low = sigmoid4(v128.load(from)), high = sigmoid4(v128.load(from, 16));
    v128.store(to, low);
    v128.store(to, high, 16);
  }
}

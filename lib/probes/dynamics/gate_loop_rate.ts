/** Which network, and how its gates start. */
export interface GateLoop {
  readonly cell: "rnn-tanh" | "gru" | "lstm";
  /** As a random layer is drawn: of the LSTM's forget gate or the GRU's update gate, both gate 1. */
  readonly gateBias?: { readonly gate: number; readonly value: number };
  /** Of the recurrent matrix of every gate: 1 / sqrt(3) for PyTorch's draw, uniform in +- 1 / sqrt(H). */
  readonly spectralRadius: number;
}

/**
 * Factor per step by which the gradient of a network's whole state changes, with all gates at their
 * means and all activations linear, as at the start of training.
 *
 * Along the leading direction of the recurrent matrix, of radius rho, an LSTM multiplies (c, h) by
 * [[f, i rho], [o f, o i rho]], a matrix of rank one: its rate is its trace, f + i o rho. A GRU, h' =
 * n + z (h - n), has z + (1 - z) r rho, a tanh network rho. Gates of bias 0 are at 1/2.
 *
 * @throws {RangeError} if the bias is that of another gate.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gateLoopRate } from "lib/probes/dynamics/gate_loop_rate.ts";
 * assertEquals(gateLoopRate({ cell: "lstm", spectralRadius: 1 }), 0.75);
 * ```
 */
export function gateLoopRate({ cell, gateBias, spectralRadius }: GateLoop): number {
  const { gate, value } = gateBias ?? { gate: 1, value: 0 };
  if (gate !== 1) throw new RangeError(`Cannot foretell a rate: gate 1 has the bias, not ${gate}.`);
  const open = 1 / (1 + Math.exp(-value));
  if (cell === "lstm") return open + spectralRadius / 4;
  if (cell === "gru") return open + (1 - open) * spectralRadius / 2;
  return spectralRadius;
}

import { assertEquals } from "@std/assert";
import { fromOnnxGates, toOnnxGates } from "lib/inference/onnx_gates.ts";
import { gateCount } from "lib/kernels/network_config.ts";
import { cellKinds } from "../models/small_model.ts";

Deno.test("toOnnxGates() puts an LSTM's i f g o in the order i o f c, a GRU's r z n in z r h", () => {
  const shape = { rows: 1, hiddenSize: 2 };
  const lstm = toOnnxGates(Float32Array.of(1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5), {
    cell: "lstm",
    ...shape,
  });
  assertEquals([...lstm], [1, 1.5, 4, 4.5, 2, 2.5, 3, 3.5]);
  const gru = toOnnxGates(Float32Array.of(1, 1.5, 2, 2.5, 3, 3.5), { cell: "gru", ...shape });
  assertEquals([...gru], [2, 2.5, 1, 1.5, 3, 3.5]);
});

Deno.test("toOnnxGates() transposes: one row per unit of a gate", () => {
  const values = Float32Array.of(1, 2, 3, 4, 5, 6); // [rows 3, hiddenSize 2]
  const rnn = toOnnxGates(values, { cell: "rnn-tanh", rows: 3, hiddenSize: 2 });
  assertEquals([...rnn], [1, 3, 5, 2, 4, 6]);
});

Deno.test("fromOnnxGates() is its inverse for every cell", () => {
  for (const cell of cellKinds) {
    const shape = { cell, rows: 3, hiddenSize: 5 };
    const values = Float32Array.from({ length: 15 * gateCount(cell) }, (_, i) => i);
    assertEquals(fromOnnxGates(toOnnxGates(values, shape), shape), values);
  }
});

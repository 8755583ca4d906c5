import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  BACKWARD_UNIFORMS,
  backwardInputs,
  backwardShader,
} from "lib/kernels/webgpu/backward_shader.ts";

const sizes = { hiddenSize: 3, rows: 4, threads: 32, ofStates: false } as const;

Deno.test("backwardInputs() lists only what the shader reads: a binding unused is refused", () => {
  assertEquals(backwardInputs({ kind: "lstm" }).at(-1), "initialCell");
  for (const kind of ["rnn-tanh", "rnn-relu", "rnn-sigmoid", "gru", "lstm"] as const) {
    const text = backwardShader({ kind, ...sizes });
    for (const name of backwardInputs({ kind })) assert(text.includes(`${name}[`), name);
  }
});

Deno.test("backwardShader() takes two barriers a time step", () => {
  const text = backwardShader({ kind: "gru", ...sizes });
  assertEquals(text.match(/workgroupBarrier\(\)/g)?.length, 2);
});

Deno.test("backwardShader() stores the gradients of all states only when asked", () => {
  const text = backwardShader({ kind: "lstm", ...sizes, ofStates: true });
  assertStringIncludes(text, "store(uniforms.cellStates");
  assert(!backwardShader({ kind: "lstm", ...sizes }).includes("uniforms.cellStates"));
  assertStringIncludes(BACKWARD_UNIFORMS, "cellStates : i32");
});

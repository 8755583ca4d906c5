import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  BACKWARD_UNIFORMS,
  backwardInputs,
  backwardShader,
} from "lib/kernels/webgpu/backward_shader.ts";

const sizes = { hiddenSize: 3, rows: 4, threads: 32 } as const;

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

Deno.test("backwardShader() reads each of its uniforms, beside tfjs's own", () => {
  const text = ["gru", "lstm"].map((kind) => backwardShader({ kind: kind as "gru", ...sizes }));
  for (const [name] of BACKWARD_UNIFORMS.matchAll(/\w+(?= :)/g)) {
    assertStringIncludes(text.join(), `uniforms.${name}`);
  }
});

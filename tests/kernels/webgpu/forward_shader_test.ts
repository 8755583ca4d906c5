import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  FORWARD_UNIFORMS,
  forwardInputs,
  forwardShader,
  loaderName,
  type ShaderVariant,
} from "lib/kernels/webgpu/forward_shader.ts";

const variant: ShaderVariant = {
  ...{ kind: "gru", hiddenSize: 3, rows: 2, threads: 32 },
  ...{ hasInputIds: true, hasRecurrentBias: true },
};

Deno.test("forwardInputs() lists only what the shader reads: a binding unused is refused", () => {
  assertEquals(forwardInputs(variant), [
    ...[
      "products",
      "recurrentWeights",
      "initialHidden",
      "inputIds",
      "recurrentBias",
    ],
  ]);
  const lstm = { ...variant, kind: "lstm" as const, hasRecurrentBias: false };
  for (const each of [variant, lstm]) {
    for (const name of forwardInputs(each)) assert(forwardShader(each).includes(`${name}[`), name);
  }
});

Deno.test("forwardShader() takes one barrier a time step, and one after the initial state", () => {
  assertEquals(forwardShader(variant).match(/workgroupBarrier\(\)/g)?.length, 2);
});

Deno.test("forwardShader() asks for f32 alone, without subgroups", () => {
  const text = forwardShader(variant);
  assert(!/f16|subgroup|enable/.test(text));
  assertStringIncludes(FORWARD_UNIFORMS, "timeSteps : i32");
});

Deno.test("loaderName() puts load before a capital", () => {
  assertEquals(loaderName("initialHidden"), "loadInitialHidden");
});

import { assertEquals, assertStringIncludes } from "@std/assert";
import { activationOf, ACTIVATIONS } from "lib/kernels/webgpu/activations.ts";

Deno.test("activationOf() names the function of each vanilla cell", () => {
  assertEquals(activationOf("rnn-tanh"), "clampedTanh");
  assertEquals(activationOf("rnn-relu"), "relu");
  assertEquals(activationOf("rnn-sigmoid"), "sigmoid");
});

Deno.test("ACTIVATIONS defines what activationOf() names", () => {
  for (const kind of ["rnn-tanh", "rnn-relu", "rnn-sigmoid"] as const) {
    assertStringIncludes(ACTIVATIONS, `fn ${activationOf(kind)}(x : Rows) -> Rows`);
  }
});

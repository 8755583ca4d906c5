import { assertEquals, assertNotEquals } from "@std/assert";
import {
  carriedArrays,
  dropoutKey,
  mixBits,
  withDefaults,
} from "lib/kernels/optimizer_defaults.ts";

Deno.test("withDefaults() fills in PyTorch's defaults and keeps what is given", () => {
  const adagrad = withDefaults({ kind: "adagrad", learningRate: 1 });
  assertEquals([adagrad.epsilon, adagrad.smoothing, adagrad.momentum], [1e-10, 0.99, 0]);
  const adam = withDefaults({ kind: "adam", learningRate: 1, beta1: 0.5 });
  assertEquals([adam.epsilon, adam.beta1, adam.beta2], [1e-8, 0.5, 0.999]);
});

Deno.test("carriedArrays() are those of the rule, momentum SGD's alone", () => {
  const of = (kind: "sgd" | "adagrad" | "rmsprop" | "adam", momentum?: number) => {
    const { squares, moments } = carriedArrays({ kind, momentum });
    return [squares, moments];
  };
  assertEquals(of("sgd"), [false, false]);
  assertEquals(of("sgd", 0.9), [false, true]);
  for (const momentum of [undefined, 0.9]) {
    assertEquals(of("adagrad", momentum), [true, false]);
    assertEquals(of("rmsprop", momentum), [true, false]);
    assertEquals(of("adam", momentum), [true, true]);
  }
});

Deno.test("mixBits() is MurmurHash3's finaliser", () => {
  assertEquals(mixBits(0), 0);
  assertEquals(mixBits(1) >>> 0, 0x514e28b7);
});

Deno.test("dropoutKey() tells neighbouring steps and seeds apart", () => {
  assertEquals(dropoutKey(3, 7), dropoutKey(3, 7));
  assertNotEquals(dropoutKey(3, 7), dropoutKey(3, 8));
  assertNotEquals(dropoutKey(3, 7), dropoutKey(4, 7));
});

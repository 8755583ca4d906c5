import { assertEquals } from "@std/assert";
import { AttributeType } from "lib/inference/onnx_model.ts";
import {
  axis,
  fixed,
  free,
  node,
  real,
  strings,
  value,
  whole,
  wholes,
} from "lib/inference/onnx_nodes.ts";

Deno.test("node() is named after its first output, and has no attributes unless told", () => {
  assertEquals(node("Add", { input: ["a", "b"], output: ["c"] }), {
    name: "Add c",
    opType: "Add",
    input: ["a", "b"],
    output: ["c"],
    attribute: [],
  });
});

Deno.test("value(), fixed() and free() declare an input with axes of a length or a name", () => {
  const { name, type } = value("x", 1, [free("time"), fixed(3)]);
  assertEquals(name, "x");
  assertEquals(type!.tensorType!.shape!.dim, [{ dimParam: "time" }, { dimValue: 3n }]);
});

Deno.test("whole(), axis(), wholes(), real() and strings() state their type and nothing else", () => {
  assertEquals(whole("hidden_size", 5), { name: "hidden_size", type: AttributeType.int, i: 5n });
  assertEquals(axis(-1), { name: "axis", type: 2, i: -1n });
  assertEquals(wholes("perm", [1, 0]), { name: "perm", type: 7, ints: [1n, 0n] });
  assertEquals(real("epsilon", 0.1), { name: "epsilon", type: 1, f: Math.fround(0.1) });
  const texts = strings("activations", ["Relu"]);
  assertEquals(texts, {
    name: "activations",
    type: 8,
    strings: [new TextEncoder().encode("Relu")],
  });
});

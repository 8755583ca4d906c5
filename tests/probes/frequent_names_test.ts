import { assertEquals, assertThrows } from "@std/assert";
import { frequentNames } from "lib/probes/frequent_names.ts";

const text = "Then came Ruth. She saw Ruth and Agnes, and Ruth saw Hope, though hope was gone. " +
  "Where is Agnes, asked Ruth.";

Deno.test("frequentNames() counts capitalised words after lower-case ones that are no common words", () => {
  assertEquals(frequentNames(text, 2), ["Ruth", "Agnes"]);
});

Deno.test("frequentNames() refuses when the text has too few", () => {
  assertThrows(() => frequentNames(text, 3), RangeError, "the text has 2");
});

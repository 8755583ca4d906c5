import { assertEquals } from "@std/assert";
import { frequentNames } from "lib/probes/context/frequent_names.ts";

const text = "Then came Ruth. She saw Ruth and Agnes, and Ruth saw Hope, though hope was gone. " +
  "Where is Agnes, asked Ruth.";

Deno.test("frequentNames() counts capitalised words after lower-case ones that are no common words", () => {
  assertEquals(frequentNames(text, 2), ["Ruth", "Agnes"]);
});

Deno.test("frequentNames() gives all there are where the text has fewer", () => {
  assertEquals(frequentNames(text, 3), ["Ruth", "Agnes"]);
  assertEquals(frequentNames("no name in here", 2), []);
});

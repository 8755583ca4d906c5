import { assertEquals, assertThrows } from "@std/assert";
import { readTestOptions } from "tools/test/test_options.ts";

Deno.test("readTestOptions() runs everything by default", () => {
  assertEquals(readTestOptions([]), { paths: [], lecture: true, help: false });
});

Deno.test("readTestOptions() leaves the lecture out where asked, and where paths narrow the checks", () => {
  assertEquals(readTestOptions(["--no-lecture"]).lecture, false);
  assertEquals(readTestOptions(["lib/a.ts"]), { paths: ["lib/a.ts"], lecture: false, help: false });
});

Deno.test("readTestOptions() refuses an option that does not exist", () => {
  assertThrows(() => readTestOptions(["--fast"]), TypeError, "--fast");
});

import { assertEquals } from "@std/assert";
import { readArguments } from "tools/command/command_line.ts";
import { readTestOptions, testOptions } from "tools/test/test_options.ts";

const read = (...args: string[]) =>
  readTestOptions(readArguments(args, { task: "test", options: testOptions, positionals: true }));

Deno.test("readTestOptions() runs everything by default", () => {
  assertEquals(read(), { paths: [], lecture: true });
});

Deno.test("readTestOptions() leaves the lecture out where asked, and where paths narrow the checks", () => {
  assertEquals(read("--no-lecture").lecture, false);
  assertEquals(read("lib/a.ts"), { paths: ["lib/a.ts"], lecture: false });
});

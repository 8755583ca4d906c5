import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "tools/command/command_line.ts";
import { parseLectureOptions } from "tools/lecture/lecture_options.ts";

Deno.test("parseLectureOptions() has a default for everything", () => {
  assertEquals(parseLectureOptions([]), {
    notebooks: [],
    quick: false,
    inPlace: false,
    check: false,
    store: false,
    corpus: undefined,
    seed: undefined,
    out: "out",
    jobs: 1,
    cellTimeoutSeconds: undefined,
    help: false,
  });
});

Deno.test("parseLectureOptions() reads names, paths and values", () => {
  const args = ["3", "a/b.ipynb", "--quick", "--corpus", "timemachine", "--jobs=2", "--seed", "7"];
  const options = parseLectureOptions(args);
  assertEquals(options.notebooks, ["3", "a/b.ipynb"]);
  assertEquals(
    [options.quick, options.corpus, options.jobs, options.seed],
    [true, "timemachine", 2, 7],
  );
});

Deno.test("parseLectureOptions() refuses what it does not know, and says so", () => {
  const refused: [string[], string][] = [
    [["--quik"], "Unknown option '--quik'"],
    [["--jobs", "0"], "--jobs 0"],
    [["--jobs", "two"], "--jobs two"],
    [["--seed", "1.5"], "--seed 1.5"],
    [["--seed", "9007199254740991"], "a whole number from 0 to 2147483647 is needed"],
    [["--cell-timeout", "999999999"], "a whole number from 1 to 2147483 is needed"],
    [["--corpus"], "--corpus"],
    [["--in-place", "--quick"], "--in-place with --quick"],
    [["--in-place", "--check"], "--in-place with --check"],
    [["--in-place", "--corpus", "x"], "--in-place with --corpus"],
    [["--store"], "--store with no --corpus"],
    [["--store", "--corpus", "embedded"], "--store with --corpus embedded"],
    [["--store", "--corpus", "texts/mine.txt"], "--store with --corpus texts/mine.txt"],
    [["--store", "--corpus", "timemachine", "--quick"], "--store with --quick"],
    [["--store", "--corpus", "timemachine", "--check"], "--store with --check"],
  ];
  for (const [args, message] of refused) {
    assertThrows(() => parseLectureOptions(args), UsageError, message);
  }
});

import { assert, assertEquals, assertRejects } from "@std/assert";
import type { IStream } from "@jupyterlab/nbformat";
import { executeNotebook } from "tools/jupyter/run/execute_notebook.ts";
import type { ProgressEvent } from "tools/jupyter/run/execution_result.ts";
import { formatNotebook } from "tools/jupyter/notebook/write_notebook.ts";
import { outputsOf, runSample, sampleNotebook } from "../sample_notebook.ts";

Deno.test("executeNotebook() keeps 200 log lines and the result of a cell, in order, on their cell", async () => {
  const logs = "for (let i = 0; i < 200; i++) console.log(`line ${i}`);\n'the result'";
  const result = await runSample(sampleNotebook(logs, "console.log('next')", logs));
  assertEquals(result.failure, undefined);
  for (const index of [0, 2]) {
    const [stream, value, ...rest] = outputsOf(result, index);
    assertEquals(
      (stream as IStream).text,
      Array.from({ length: 200 }, (_, line) => `line ${line}\n`),
    );
    assertEquals(value.data, { "text/plain": ['"the result"'] });
    assertEquals(rest, []);
  }
  assertEquals(outputsOf(result, 1), [{ name: "stdout", output_type: "stream", text: ["next\n"] }]);
});

Deno.test("executeNotebook() keeps displays, logs and errors of one cell in the order they were made", async () => {
  const source = `for (let i = 0; i < 5; i++) {
    console.log("log");
    console.error("warning");
    await Deno.jupyter.broadcast("display_data", { data: { "text/plain": "shown" }, metadata: {} , transient: {} });
  }`;
  const result = await runSample(sampleNotebook(source));
  const kinds = outputsOf(result, 0).map((output) => output.name ?? output.output_type);
  assertEquals(kinds, Array(5).fill(["stdout", "stderr", "display_data"]).flat());
});

Deno.test("executeNotebook() gives each of 100 cells in a row its own output", async () => {
  const sources = Array.from(
    { length: 100 },
    (_, index) => `console.log("log", ${index}); ${index}`,
  );
  const result = await runSample(sampleNotebook(...sources));
  assert(result.ok);
  assertEquals(result.cells.length, 100);
  for (let index = 0; index < 100; index++) {
    assertEquals(outputsOf(result, index), [
      { name: "stdout", output_type: "stream", text: [`log ${index}\n`] },
      {
        data: { "text/plain": [`${index}`] },
        metadata: {},
        output_type: "execute_result",
        execution_count: index + 1,
      },
    ]);
  }
});

Deno.test("executeNotebook() carries a display of 1 MB whole", async () => {
  const result = await runSample(sampleNotebook(
    `await Deno.jupyter.broadcast("display_data", {
      data: { "text/plain": "0123456789".repeat(100_000) }, metadata: {}, transient: {},
    });`,
    "'still here'",
  ));
  const [{ data }] = outputsOf(result, 0);
  assertEquals((data as { "text/plain": string[] })["text/plain"], ["0123456789".repeat(100_000)]);
  assertEquals(outputsOf(result, 1)[0].data, { "text/plain": ['"still here"'] });
});

Deno.test("executeNotebook() applies an update to the display of an earlier cell", async () => {
  const show = (type: string, text: string) =>
    `await Deno.jupyter.broadcast("${type}", {
      data: { "text/plain": "${text}" }, metadata: {}, transient: { display_id: "bar" },
    });`;
  const result = await runSample(
    sampleNotebook(show("display_data", "0 %"), show("update_display_data", "100 %")),
  );
  assertEquals(outputsOf(result, 0).map(({ data }) => data), [{ "text/plain": ["100 %"] }]);
  assertEquals(outputsOf(result, 1), []);
});

Deno.test("executeNotebook() injects parameters after their cell and leaves the notebook given alone", async () => {
  const notebook = sampleNotebook(
    { source: "const quick = false;\nconst rate = 1;", tags: ["parameters"] },
    "[quick, rate, label]",
  );
  const before = formatNotebook(notebook);
  const result = await runSample(notebook, {
    parameters: { quick: true, rate: Infinity, label: 'a "b"' },
  });
  assertEquals(result.failure, undefined);
  assertEquals(result.notebook.cells[1].metadata.tags, ["injected-parameters"]);
  assertEquals(outputsOf(result, 2)[0].data, { "text/plain": [`[ true, Infinity, 'a "b"' ]`] });
  assertEquals(formatNotebook(notebook), before);
});

Deno.test("executeNotebook() rejects a parameter that is no identifier", async () => {
  await assertRejects(
    () => executeNotebook(sampleNotebook("1"), { cwd: ".", parameters: { "a b": 1 } }),
    TypeError,
    "a b",
  );
});

Deno.test("executeNotebook() honours skip-execution, raises-exception, remove-output and hide-input", async () => {
  const notebook = sampleNotebook(
    { source: "globalThis.skipped = true", tags: ["skip-execution"] },
    { source: "throw new Error('expected')", tags: ["raises-exception"] },
    { source: "const = 1", tags: ["raises-exception"] },
    { source: "'secret'", tags: ["remove-output"] },
    { source: "globalThis.skipped === undefined", tags: ["hide-input"] },
  );
  const result = await runSample(notebook);
  assertEquals(result.failure, undefined);
  assertEquals(result.notebook.cells[0], notebook.cells[0]);
  assertEquals(outputsOf(result, 1)[0].evalue, "expected");
  assertEquals(outputsOf(result, 2)[0].ename, "SyntaxError");
  assertEquals(outputsOf(result, 3), []);
  assertEquals(outputsOf(result, 4)[0].data, { "text/plain": ["true"] });
  assertEquals(result.notebook.cells[4].metadata.tags, ["hide-input"]);
});

Deno.test("executeNotebook() gives the same bytes when its result is run again", async () => {
  const notebook = sampleNotebook(
    "import { where } from './where.ts';\nconsole.log(where());",
    { source: "where(true)", tags: ["raises-exception"] },
    "console.log('10 %\\r20 %\\r30 %'); new Map([[1, 2]])",
  );
  const files = {
    "where.ts": `export function where(fail = false): string {
  if (fail) throw new Error("thrown in " + import.meta.url);
  return import.meta.url + " " + import.meta.filename;
}`,
  };
  const first = await runSample(notebook, { files });
  const second = await runSample(first.notebook, { files });
  assertEquals(first.failure, undefined);
  assertEquals(formatNotebook(second.notebook), formatNotebook(first.notebook));
  assertEquals(outputsOf(first, 0)[0].text, ["where.ts where.ts\n"]);
  assertEquals(outputsOf(first, 1)[0].evalue, "thrown in where.ts");
  assertEquals(outputsOf(first, 2)[0].text, ["30 %\n"]);
});

Deno.test("executeNotebook() tells of its progress as it goes, outputs included", async () => {
  const events: ProgressEvent[] = [];
  const result = await runSample(sampleNotebook("console.log('a')", "2"), {
    onProgress: (event) => events.push(structuredClone(event)),
  });
  assert(result.ok);
  assertEquals(events.map((event) => event.type), [
    "kernel-started",
    "cell-started",
    "cell-output",
    "cell-finished",
    "cell-started",
    "cell-output",
    "cell-finished",
  ]);
  const [, , output, finished] = events;
  assert(output.type === "cell-output" && finished.type === "cell-finished");
  assertEquals(output.output, { output_type: "stream", name: "stdout", text: "a\n" });
  assertEquals([output.cellIndex, output.cellCount], [0, 2]);
  assertEquals(
    result.cells,
    [0, 1].map((index) => ({
      index,
      seconds:
        events.flatMap((event) =>
          event.type === "cell-finished" && event.cellIndex === index ? [event.cellSeconds] : []
        )[0],
    })),
  );
});

Deno.test("executeNotebook() lets an error of the progress callback through and stops the kernel", async () => {
  const onProgress = (event: ProgressEvent) => {
    if (event.type === "cell-output") throw new Error("the callback's own");
  };
  await assertRejects(
    () => runSample(sampleNotebook("console.log('a')", "2"), { onProgress }),
    Error,
    "the callback's own",
  );
});

Deno.test("executeNotebook() refuses a notebook of another kernel", async () => {
  const notebook = sampleNotebook("print(1)");
  notebook.metadata.kernelspec = { name: "python3", display_name: "Python 3" };
  const { failure } = await runSample(notebook, { name: "other.ipynb" });
  assertEquals(failure, {
    notebook: "other.ipynb",
    cellIndex: -1,
    cellNumber: 0,
    kind: "other-kernel",
    message: `The notebook is for the kernel "python3", not for Deno's`,
    excerpt: "",
  });
});

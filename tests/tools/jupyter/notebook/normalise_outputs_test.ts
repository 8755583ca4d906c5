import { assertEquals } from "@std/assert";
import { normaliseOutputs, splitLines } from "tools/jupyter/notebook/normalise_outputs.ts";

const paths = [
  { path: "file:///home/ann/lab/", replacement: "" },
  { path: "/home/ann/lab/", replacement: "" },
  { path: "/home/ann/", replacement: "~/" },
];
const options = { executionCount: 4, paths };

Deno.test("normaliseOutputs() takes colours and this machine's paths out of text", () => {
  const [stream, error] = normaliseOutputs([
    { output_type: "stream", name: "stdout", text: "\x1b[31mred\x1b[0m /home/ann/notes\n" },
    {
      output_type: "error",
      ename: "Error",
      evalue: "in /home/ann/lab/a.ts",
      traceback: ["Error", "    at file:///home/ann/lab/lib/a.ts:1:2"],
    },
  ], options);
  assertEquals(stream, { name: "stdout", output_type: "stream", text: ["red ~/notes\n"] });
  assertEquals([error.evalue, error.traceback], ["in a.ts", ["Error", "    at lib/a.ts:1:2"]]);
});

Deno.test("normaliseOutputs() carries out carriage returns as a terminal does", () => {
  const text = "10 %\r20 %\r30 %\nwindows\r\nlast\r";
  const [stream] = normaliseOutputs([{ output_type: "stream", name: "stdout", text }], options);
  assertEquals(stream.text, ["30 %\n", "windows\n", "last\r"]);
});

Deno.test("normaliseOutputs() sorts mimes, splits text, leaves JSON and base64 as they are", () => {
  const record = { path: "/home/ann/lab/a" };
  const [result] = normaliseOutputs([{
    output_type: "execute_result",
    execution_count: 99,
    metadata: {},
    data: {
      "text/plain": "a\nb /home/ann/lab/a",
      "image/svg+xml": "<svg>\n</svg>",
      "application/x+json": record,
      "image/png": "aGk=\n",
    },
  }], options);
  assertEquals(
    JSON.stringify(result.data),
    JSON.stringify({
      "application/x+json": record,
      "image/png": "aGk=\n",
      "image/svg+xml": ["<svg>\n", "</svg>"],
      "text/plain": ["a\n", "b a"],
    }),
  );
  assertEquals(result.execution_count, 4);
});

Deno.test("normaliseOutputs() changes nothing the second time", () => {
  const outputs = [
    { output_type: "stream", name: "stdout", text: "1\r2\n\n3" },
    { output_type: "display_data", metadata: {}, data: { "text/html": "<b>\n</b>" } },
  ];
  const once = normaliseOutputs(outputs, options);
  assertEquals(normaliseOutputs(once, options), once);
});

Deno.test("splitLines() keeps every character, line ends on their lines", () => {
  assertEquals(splitLines("a\n\nb"), ["a\n", "\n", "b"]);
  assertEquals(splitLines(""), []);
  assertEquals(splitLines("a\n"), ["a\n"]);
});

Deno.test("normaliseOutputs() takes a time linear in its text: a line of 8 million characters comes through", () => {
  // Tried again from each of its characters, it would take days.
  const line = "x".repeat(8_000_000);
  const [stream] = normaliseOutputs([
    { output_type: "stream", name: "stdout", text: `${line}\n${line}\r\ra\r` },
  ], options);
  assertEquals((stream.text as string[]).map((text) => text.length), [8_000_001, 2]);
  assertEquals((stream.text as string[])[1], "a\r");
});

import { assertEquals } from "@std/assert";
import type { IOutput } from "@jupyterlab/nbformat";
import { CellOutputs, type OutputChange } from "tools/jupyter/notebook/cell_outputs.ts";
import { createMessage } from "tools/jupyter/wire/kernel_message.ts";

const message = (type: string, content: Record<string, unknown>) =>
  createMessage(type, { content, session: "kernel" });
const log = (text: string, name = "stdout") => message("stream", { name, text });
const display = (text: string, displayId?: string, type = "display_data") =>
  message(type, {
    data: { "text/plain": text },
    metadata: {},
    transient: { display_id: displayId },
  });
const plainTexts = (outputs: IOutput[]) =>
  outputs.map((output) => output.text ?? (output.data as Record<string, string>)["text/plain"]);

/** Two cells, the first begun. */
function twoCells(onChange?: (change: OutputChange) => void) {
  const collector = new CellOutputs(onChange);
  const first: IOutput[] = [];
  const second: IOutput[] = [];
  collector.begin(0, first);
  return { collector, first, second };
}

Deno.test("CellOutputs merges what one stream says in a row, and nothing else", () => {
  const { collector, first } = twoCells();
  for (const part of [log("a"), log("b"), log("c", "stderr"), log("d"), display("e"), log("f")]) {
    collector.handle(part);
  }
  assertEquals(plainTexts(first), ["ab", "c", "d", "e", "f"]);
});

Deno.test("CellOutputs updates every display of an id, in whichever cell, and adds none", () => {
  const changes: number[] = [];
  const { collector, first, second } = twoCells(({ cellIndex }) => changes.push(cellIndex));
  collector.handle(display("old", "x"));
  collector.handle(display("other", "y"));
  collector.begin(1, second);
  collector.handle(display("newer", "x"));
  collector.handle(display("newest", "x", "update_display_data"));
  collector.handle(display("nobody's", "z", "update_display_data"));
  assertEquals(plainTexts(first), ["newest", "other"]);
  assertEquals(plainTexts(second), ["newest"]);
  assertEquals(changes, [0, 0, 0, 1, 0, 1]);
});

Deno.test("CellOutputs clears at once, or before the next output when asked to wait", () => {
  const { collector, first } = twoCells();
  collector.handle(log("a"));
  collector.handle(message("clear_output", { wait: false }));
  assertEquals(first, []);
  collector.handle(log("b"));
  collector.handle(message("clear_output", { wait: true }));
  assertEquals(plainTexts(first), ["b"]);
  collector.handle(log("c"));
  collector.handle(log("d"));
  assertEquals(plainTexts(first), ["cd"]);
});

Deno.test("CellOutputs does not bring a cleared display back when it is updated", () => {
  const { collector, first } = twoCells();
  collector.handle(display("old", "x"));
  collector.handle(message("clear_output", {}));
  collector.handle(display("new", "x", "update_display_data"));
  assertEquals(first, []);
});

Deno.test("CellOutputs leaves messages alone that are no outputs, and all before the first cell", () => {
  const collector = new CellOutputs();
  collector.handle(log("before the first cell"));
  const outputs: IOutput[] = [];
  collector.begin(0, outputs);
  collector.handle(message("status", { execution_state: "idle" }));
  assertEquals(outputs, []);
});

Deno.test("CellOutputs tells what a stream said just now, and never joins the whole of it for that", () => {
  const added: (string | undefined)[] = [];
  const { collector, first } = twoCells(({ addedText }) => added.push(addedText));
  for (const text of ["a\n", "b\n", "c\n"]) collector.handle(log(text));
  assertEquals(added, ["a\n", "b\n", "c\n"]);
  // Joined where it is read, and nowhere else.
  assertEquals(typeof Object.getOwnPropertyDescriptor(first[0], "text")?.get, "function");
  assertEquals(first[0].text, "a\nb\nc\n");
});

Deno.test("CellOutputs keeps the start and the end of a stream of 20 MB, and says what is missing", () => {
  const { collector, first } = twoCells();
  for (let line = 0; line < 20; line++) collector.handle(log(`${line}`.repeat(1_000_000) + "\n"));
  const text = String(first[0].text);
  assertEquals(text.slice(0, 1_000_000), "0".repeat(1_000_000));
  assertEquals(text.slice(-3), "19\n".slice(-3));
  assertEquals(
    text.slice(1_000_000, -1_000_000),
    "\n[28,000,020 characters left out: of a longer output the first and the last 1,000,000 are kept]\n",
  );
});

Deno.test("CellOutputs keeps as many outputs as a cell may have, counts the others, and keeps every error", () => {
  const first: IOutput[] = [];
  const collector = new CellOutputs(() => {}, { outputs: 3, characters: 1000 });
  collector.begin(0, first);
  for (const text of ["a", "b", "c", "d", "e"]) collector.handle(display(text));
  collector.handle(log("f"));
  collector.handle(message("error", { ename: "E", evalue: "v", traceback: [] }));
  assertEquals(plainTexts(first.slice(0, 4)), [
    "a",
    "b",
    "c",
    "[Outputs left out: 3, for a cell keeps 3 outputs and 1,000 characters]\n",
  ]);
  assertEquals(first[4].output_type, "error");
  collector.handle(message("clear_output", { wait: false }));
  collector.handle(display("x".repeat(1000)));
  collector.handle(display("y"));
  assertEquals(first.length, 2);
  assertEquals(String(first[1].text).startsWith("[Outputs left out: 1,"), true);
});

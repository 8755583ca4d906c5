import { assertEquals } from "@std/assert";
import type { IOutput } from "@jupyterlab/nbformat";
import { CellOutputs, type OutputChange } from "tools/jupyter/cell_outputs.ts";
import { createMessage } from "tools/jupyter/kernel_message.ts";

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

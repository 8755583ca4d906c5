import type { IOutput } from "@jupyterlab/nbformat";
import type { KernelMessage } from "tools/jupyter/kernel_message.ts";

/** An output that was added to a cell's list, or changed in it. */
export interface OutputChange {
  readonly cellIndex: number;
  readonly output: IOutput;
  readonly outputs: readonly IOutput[];
}

interface Placed {
  readonly cellIndex: number;
  readonly output: IOutput;
}

/**
 * Gathers the outputs of a notebook's cells from a kernel's broadcasts, in the order of arrival.
 *
 * Streams are merged, displays with a `display_id` updated wherever they stand, `clear_output` honoured.
 */
export class CellOutputs {
  readonly #onChange: (change: OutputChange) => void;
  readonly #displays = new Map<string, Placed[]>();
  readonly #outputs = new Map<number, IOutput[]>();
  #cellIndex = -1;
  #clearBeforeNext = false;

  constructor(onChange: (change: OutputChange) => void = () => {}) {
    this.#onChange = onChange;
  }

  /** From now on outputs belong to this cell, and go into its (emptied) list. */
  begin(cellIndex: number, outputs: IOutput[]): void {
    this.#cellIndex = cellIndex;
    this.#outputs.set(cellIndex, outputs);
    this.#clearBeforeNext = false;
    outputs.length = 0;
  }

  /** Takes in a broadcast; those that are no outputs are left alone. */
  handle({ header, content }: KernelMessage): void {
    if (this.#cellIndex < 0) return;
    switch (header.msg_type) {
      case "stream":
        return this.#addStream(content.name, content.text);
      case "display_data":
      case "execute_result":
        return this.#addDisplay(header.msg_type, content);
      case "update_display_data":
        return this.#update(content.transient?.display_id, content);
      case "error": {
        const { ename, evalue, traceback } = content;
        return this.add({ output_type: "error", ename, evalue, traceback });
      }
      case "clear_output":
        if (content.wait) this.#clearBeforeNext = true;
        else this.#current().length = 0;
    }
  }

  /** Adds an output to the current cell. */
  add(output: IOutput): void {
    this.#clearIfDue();
    this.#current().push(output);
    this.#changed(this.#cellIndex, output);
  }

  #addStream(name: string, text: string): void {
    this.#clearIfDue();
    const last = this.#current().at(-1);
    if (last?.output_type === "stream" && last.name === name) {
      last.text = `${last.text}${text}`;
      return this.#changed(this.#cellIndex, last);
    }
    this.add({ output_type: "stream", name, text });
  }

  #addDisplay(type: "display_data" | "execute_result", content: KernelMessage["content"]): void {
    const output: IOutput = {
      output_type: type,
      data: content.data,
      metadata: content.metadata ?? {},
    };
    if (type === "execute_result") output.execution_count = content.execution_count;
    const displayId = content.transient?.display_id;
    if (displayId !== undefined) {
      // One id, one content: earlier displays under it follow the new one.
      this.#update(displayId, content);
      const placed = this.#displays.get(displayId) ?? [];
      this.#displays.set(displayId, [...placed, { cellIndex: this.#cellIndex, output }]);
    }
    this.add(output);
  }

  #update(displayId: string | undefined, content: KernelMessage["content"]): void {
    for (const { cellIndex, output } of this.#displays.get(displayId ?? "") ?? []) {
      // Cleared since: there is nothing left to update.
      if (!this.#outputs.get(cellIndex)?.includes(output)) continue;
      output.data = content.data;
      output.metadata = content.metadata ?? {};
      this.#changed(cellIndex, output);
    }
  }

  #clearIfDue(): void {
    if (this.#clearBeforeNext) this.#current().length = 0;
    this.#clearBeforeNext = false;
  }

  #current(): IOutput[] {
    return this.#outputs.get(this.#cellIndex)!;
  }

  #changed(cellIndex: number, output: IOutput): void {
    this.#onChange({ cellIndex, output, outputs: this.#outputs.get(cellIndex)! });
  }
}

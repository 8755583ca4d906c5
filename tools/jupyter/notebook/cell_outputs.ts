import type { IOutput } from "@jupyterlab/nbformat";
import type { KernelMessage } from "tools/jupyter/wire/kernel_message.ts";
import { StreamText } from "tools/jupyter/notebook/stream_text.ts";

/** An output that was added to a cell's list, or changed in it. */
export interface OutputChange {
  readonly cellIndex: number;
  readonly output: IOutput;
  /** What a stream said just now; reading the whole of `output.text` each time would be quadratic. */
  readonly addedText?: string;
  readonly outputs: readonly IOutput[];
}

interface Placed {
  readonly cellIndex: number;
  readonly output: IOutput;
}

/** What is kept of a cell: this many outputs, and characters in all of them. */
export interface CellLimits {
  readonly outputs: number;
  readonly characters: number;
}

const usualLimits: CellLimits = { outputs: 5_000, characters: 64_000_000 };

/**
 * Gathers the outputs of a notebook's cells from a kernel's broadcasts, in the order of arrival.
 *
 * Streams are merged, displays with a `display_id` updated wherever they stand, `clear_output` honoured. Of a long
 * stream the middle is left out, of a cell with too much of everything the rest; its outputs say so.
 */
export class CellOutputs {
  readonly #onChange: (change: OutputChange) => void;
  readonly #limits: CellLimits;
  readonly #displays = new Map<string, Placed[]>();
  readonly #outputs = new Map<number, IOutput[]>();
  /** Outputs that stand in a cell's list: those cleared since are not to be updated. */
  readonly #standing = new Set<IOutput>();
  #stream: { output: IOutput; text: StreamText } | undefined;
  #characters = 0;
  #left = { count: 0 };
  #cellIndex = -1;
  #clearBeforeNext = false;

  constructor(onChange: (change: OutputChange) => void = () => {}, limits = usualLimits) {
    this.#onChange = onChange;
    this.#limits = limits;
  }

  /** From now on outputs belong to this cell, and go into its (emptied) list. */
  begin(cellIndex: number, outputs: IOutput[]): void {
    this.#cellIndex = cellIndex;
    this.#outputs.set(cellIndex, outputs);
    this.#clearBeforeNext = false;
    this.#clear();
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
        else this.#clear();
    }
  }

  /** Adds an output to the current cell, whatever it holds already. */
  add(output: IOutput, addedText?: string): void {
    this.#clearIfDue();
    this.#current().push(output);
    this.#standing.add(output);
    this.#changed(this.#cellIndex, output, addedText);
  }

  #addStream(name: string, text: string): void {
    this.#clearIfDue();
    const last = this.#current().at(-1);
    if (last !== undefined && last === this.#stream?.output && last.name === name) {
      this.#write(text);
      return this.#changed(this.#cellIndex, last, text);
    }
    if (!this.#hasRoom()) return this.#leaveOut();
    const kept = new StreamText();
    // Read only where the whole is wanted: at the end, not at every piece.
    const output: IOutput = {
      output_type: "stream",
      name,
      get text() {
        return kept.toString();
      },
    };
    this.#stream = { output, text: kept };
    this.#write(text);
    this.add(output, text);
  }

  #write(text: string): void {
    const stream = this.#stream!.text;
    this.#characters -= stream.heldCharacters;
    stream.write(text);
    this.#characters += stream.heldCharacters;
  }

  #hasRoom(): boolean {
    const { outputs, characters } = this.#limits;
    return this.#current().length < outputs && this.#characters < characters;
  }

  /** Counts an output that is not kept; a note in the cell tells the count. */
  #leaveOut(): void {
    const left = this.#left;
    if (left.count++ > 0) return;
    const { outputs, characters } = this.#limits;
    const kept = `${outputs.toLocaleString("en")} outputs and ${characters.toLocaleString("en")}`;
    this.add({
      output_type: "stream",
      name: "stderr",
      get text() {
        return `[Outputs left out: ${left.count}, for a cell keeps ${kept} characters]\n`;
      },
    });
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
    }
    this.#clearIfDue();
    if (!this.#hasRoom()) return this.#leaveOut();
    this.#characters += charactersOf(output);
    if (displayId !== undefined) {
      const placed = this.#displays.get(displayId) ?? [];
      placed.push({ cellIndex: this.#cellIndex, output });
      this.#displays.set(displayId, placed);
    }
    this.add(output);
  }

  #update(displayId: string | undefined, content: KernelMessage["content"]): void {
    for (const { cellIndex, output } of this.#displays.get(displayId ?? "") ?? []) {
      // Cleared since: there is nothing left to update.
      if (!this.#standing.has(output)) continue;
      this.#characters -= charactersOf(output);
      output.data = content.data;
      output.metadata = content.metadata ?? {};
      this.#characters += charactersOf(output);
      this.#changed(cellIndex, output);
    }
  }

  #clearIfDue(): void {
    if (this.#clearBeforeNext) this.#clear();
    this.#clearBeforeNext = false;
  }

  /** Empties the current cell's list. */
  #clear(): void {
    for (const output of this.#current()) this.#standing.delete(output);
    this.#current().length = 0;
    this.#characters = 0;
    this.#left = { count: 0 };
  }

  #current(): IOutput[] {
    return this.#outputs.get(this.#cellIndex)!;
  }

  #changed(cellIndex: number, output: IOutput, addedText?: string): void {
    const outputs = this.#outputs.get(cellIndex)!;
    this.#onChange({ cellIndex, output, outputs, ...addedText !== undefined && { addedText } });
  }
}

/** Characters of a display's data, in all its forms. */
function charactersOf({ data }: IOutput): number {
  return Object.values((data ?? {}) as Record<string, unknown>).reduce<number>(
    (sum, value) =>
      sum + (typeof value === "string" ? value.length : JSON.stringify(value)?.length ?? 0),
    0,
  );
}

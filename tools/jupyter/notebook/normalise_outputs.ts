import type { IError, IOutput, IStream, MultilineString } from "@jupyterlab/nbformat";
import { joinLines } from "tools/jupyter/notebook/read_notebook.ts";

/** A place on this machine, and what stands for it in a notebook. */
export interface PathReplacement {
  readonly path: string;
  readonly replacement: string;
}

/**
 * A cell's outputs in a form that depends on what the cell put out and on nothing else.
 *
 * No colours, no paths of this machine, carriage returns carried out, `execution_count` the cell's own, keys sorted, and
 * text as nbformat has it on disk: a list of lines (images, SVG too, are text; JSON is left as it is).
 */
export function normaliseOutputs(
  outputs: readonly IOutput[],
  { executionCount, paths }: { executionCount: number; paths: readonly PathReplacement[] },
): IOutput[] {
  const clean = (text: string) => stripColours(replacePaths(text, paths));
  return outputs.map((output): IOutput => {
    switch (output.output_type) {
      case "stream": {
        const { name, text } = output as IStream;
        const carried = carryReturns(clean(joinLines(text)));
        return { name, output_type: "stream", text: splitLines(carried) };
      }
      case "error": {
        const { ename, evalue, traceback } = output as IError;
        return {
          ename,
          evalue: clean(evalue),
          output_type: "error",
          traceback: traceback.map(clean),
        };
      }
      default: {
        const { data, metadata, output_type } = output;
        const display = { data: normaliseData(data as MimeBundle, clean), metadata, output_type };
        return output_type === "execute_result"
          ? { ...display, execution_count: executionCount } as IOutput
          : display as IOutput;
      }
    }
  });
}

type MimeBundle = Record<string, unknown>;

function normaliseData(data: MimeBundle, clean: (text: string) => string): MimeBundle {
  const normalised: MimeBundle = {};
  for (const mime of Object.keys(data).sort()) {
    const value = data[mime];
    const isText = typeof value === "string" || Array.isArray(value);
    if (!isText || /[/+]json$/.test(mime)) {
      normalised[mime] = value;
      continue;
    }
    const text = joinLines(value as MultilineString);
    // Base64 is one string on disk.
    normalised[mime] = /^text\/|\+xml$|^application\/javascript$/.test(mime)
      ? splitLines(mime.startsWith("text/") ? clean(text) : text)
      : text;
  }
  return normalised;
}

/** Lines with their line ends, as nbformat keeps text on disk. */
export function splitLines(text: string): string[] {
  return text === "" ? [] : text.split(/(?<=\n)/);
}

/** What a terminal shows of a text: a carriage return starts its line afresh, unless it ends it. */
function carryReturns(text: string): string {
  // Line by line: one regular expression over all of them tries a long line again from each of its characters.
  return text.replaceAll("\r\n", "\n").split("\n").map((line) => {
    const ending = line.endsWith("\r") ? "\r" : "";
    const shown = line.slice(0, line.length - ending.length);
    return shown.slice(shown.lastIndexOf("\r") + 1) + ending;
  }).join("\n");
}

function stripColours(text: string): string {
  // deno-lint-ignore no-control-regex -- escape sequences are what it is after
  return text.replace(/\x1b\[[0-9;]*[A-Za-z]/g, "");
}

function replacePaths(text: string, paths: readonly PathReplacement[]): string {
  return paths.reduce((all, { path, replacement }) => all.replaceAll(path, replacement), text);
}

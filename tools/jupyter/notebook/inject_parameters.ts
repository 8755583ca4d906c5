import type { ICodeCell, INotebookContent } from "@jupyterlab/nbformat";
import type { Parameters } from "tools/jupyter/run/execution_result.ts";
import { cellTags } from "tools/jupyter/notebook/read_notebook.ts";

/** A notebook with its parameters set. */
export interface InjectedNotebook {
  readonly notebook: INotebookContent;
  /** Index of a cell that the notebook did not have before; undefined if none was added. */
  readonly addedIndex?: number;
}

/**
 * A copy of the notebook with a cell `const name = value;` for each parameter, as papermill does it.
 *
 * The cell is tagged `injected-parameters`. It replaces one left from before, else follows the cell tagged
 * `parameters`, else comes first. Without parameters the copy is like the notebook.
 *
 * @throws {TypeError} if a name is no identifier or JSON cannot hold a value.
 */
export function injectParameters(
  notebook: INotebookContent,
  parameters: Parameters,
): InjectedNotebook {
  const copy = structuredClone(notebook);
  if (Object.keys(parameters).length === 0) return { notebook: copy };

  const findTag = (tag: string) => copy.cells.findIndex((cell) => cellTags(cell).includes(tag));
  const injected: ICodeCell = {
    cell_type: "code",
    // Cell ids came with nbformat 4.5.
    ...(copy.nbformat_minor >= 5 && { id: "injected-parameters" }),
    metadata: { tags: ["injected-parameters"] },
    execution_count: null,
    outputs: [],
    source: parametersSource(parameters),
  };
  const previous = findTag("injected-parameters");
  if (previous >= 0) {
    copy.cells[previous] = injected;
    return { notebook: copy };
  }
  const addedIndex = findTag("parameters") + 1;
  copy.cells.splice(addedIndex, 0, injected);
  return { notebook: copy, addedIndex };
}

function parametersSource(parameters: Parameters): string {
  const lines = Object.entries(parameters).map(([name, value]) => {
    if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) {
      throw new TypeError(`Cannot inject the parameter ${JSON.stringify(name)}: not an identifier`);
    }
    return `const ${name} = ${literal(value, name)};`;
  });
  return ["// Parameters", ...lines].join("\n");
}

function literal(value: unknown, name: string): string {
  // JSON would turn these into null.
  if (typeof value === "number") return String(value);
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    // A BigInt or a cycle.
  }
  if (text === undefined) {
    throw new TypeError(
      `Cannot inject the parameter ${name}: JSON cannot hold its value, ${String(value)}`,
    );
  }
  return text;
}
